// html_document.cpp - libxml2's tree as ours.
#include "html_document.h"

#include <libxml/HTMLparser.h>

#include <memory>
#include <stdexcept>

namespace gordian::test {
namespace {

std::string words(const xmlChar* text) {
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

XmlElement element_of(const xmlNode& node) {
  XmlElement element;
  element.name = words(node.name);
  for (const xmlAttr* one = node.properties; one != nullptr; one = one->next) {
    element.attributes[words(one->name)] = one->children == nullptr ? "" : words(one->children->content);
  }
  for (const xmlNode* child = node.children; child != nullptr; child = child->next) {
    if (child->type == XML_ELEMENT_NODE) {
      element.children.push_back(element_of(*child));
    } else {
      element.text += words(child->content);
    }
  }
  return element;
}

const XmlElement* find_id(const XmlElement& root, const std::string& id) {
  const auto own = root.attributes.find("id");
  if (own != root.attributes.end() && own->second == id) return &root;
  for (const auto& child : root.children) {
    if (const auto* found = find_id(child, id)) return found;
  }
  return nullptr;
}

}  // namespace

XmlElement parse_html(const std::string& text) {
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
      htmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
                     HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET),
      xmlFreeDoc);
  const xmlNode* const root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (root == nullptr) throw std::runtime_error("no HTML");
  return element_of(*root);
}

const XmlElement& element_with_id(const XmlElement& root, const std::string& id) {
  const auto* const found = find_id(root, id);
  if (found == nullptr) throw std::out_of_range("no element has the id " + id);
  return *found;
}

nlohmann::json page_data_of(const XmlElement& page) {
  return nlohmann::json::parse(element_with_id(page, "data").text);
}

}  // namespace gordian::test
