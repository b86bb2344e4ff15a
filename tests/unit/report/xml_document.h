// xml_document.h - XML read by a real parser (expat), for tests of what we write.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace gordian::test {

struct XmlElement {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::string text;  // of its own, without that of its children
  std::vector<XmlElement> children;
};

// The root element. Throws std::runtime_error with line and reason when `text` is not well-formed.
XmlElement parse_xml(const std::string& text);

}  // namespace gordian::test
