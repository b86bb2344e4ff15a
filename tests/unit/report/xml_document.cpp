// xml_document.cpp - expat's events as a tree.
#include "xml_document.h"

#include <expat.h>

#include <memory>
#include <stdexcept>
#include <utility>

namespace gordian::test {
namespace {

// The elements that are open; the first is not one of the document's, but its root's parent.
using Open = std::vector<XmlElement>;

void start(void* data, const XML_Char* name, const XML_Char** attributes) {
  XmlElement element;
  element.name = name;
  for (; *attributes != nullptr; attributes += 2) element.attributes[attributes[0]] = attributes[1];
  static_cast<Open*>(data)->push_back(std::move(element));
}

void end(void* data, const XML_Char*) {
  auto& open = *static_cast<Open*>(data);
  XmlElement element = std::move(open.back());
  open.pop_back();
  open.back().children.push_back(std::move(element));
}

void text_of(void* data, const XML_Char* text, int size) {
  static_cast<Open*>(data)->back().text.append(text, static_cast<std::size_t>(size));
}

}  // namespace

XmlElement parse_xml(const std::string& text) {
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreate(nullptr),
                                                                            XML_ParserFree);
  Open open(1);
  XML_SetUserData(parser.get(), &open);
  XML_SetElementHandler(parser.get(), start, end);
  XML_SetCharacterDataHandler(parser.get(), text_of);
  if (XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), XML_TRUE) != XML_STATUS_OK) {
    throw std::runtime_error("line " + std::to_string(XML_GetCurrentLineNumber(parser.get())) + ": " +
                             XML_ErrorString(XML_GetErrorCode(parser.get())));
  }
  return std::move(open.front().children.front());
}

}  // namespace gordian::test
