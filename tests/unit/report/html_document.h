// html_document.h - HTML read by a real parser (libxml2), for tests of what we write.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "xml_document.h"

namespace gordian::test {

// The root element. The parser knows HTML 4, forgives everything, and so reads newer elements, too.
XmlElement parse_html(const std::string& text);

// The element with this id. Throws std::out_of_range when there is none.
const XmlElement& element_with_id(const XmlElement& root, const std::string& id);

// What a page of html_report() has as data for its script.
nlohmann::json page_data_of(const XmlElement& page);

}  // namespace gordian::test
