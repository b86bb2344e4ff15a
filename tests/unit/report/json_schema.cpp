// json_schema.cpp - a function per keyword. As in the standard, a keyword says nothing of
// values that are not of its kind: `items` of a number, `required` of a list.
#include "json_schema.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <regex>
#include <set>
#include <stdexcept>

namespace gordian::test {
namespace {

using nlohmann::json;

class Validator {
 public:
  explicit Validator(const json& root) : root_(root) {}

  void validate(const json& schema, const json& value, const std::string& where);
  std::vector<std::string> violations;

 private:
  using Check = void (Validator::*)(const json& rule, const json& value, const std::string& where);

  void reference(const json& rule, const json& value, const std::string& where) {
    validate(root_.at(json::json_pointer(rule.get<std::string>().substr(1))), value, where);
  }
  void type(const json& rule, const json& value, const std::string& where);
  void constant(const json& rule, const json& value, const std::string& where) {
    if (value != rule) violations.push_back(where + ": is not " + rule.dump());
  }
  void one_of(const json& rule, const json& value, const std::string& where) {
    if (std::find(rule.begin(), rule.end(), value) == rule.end()) {
      violations.push_back(where + ": " + value.dump() + " is not among " + rule.dump());
    }
  }
  void required(const json& rule, const json& value, const std::string& where) {
    if (!value.is_object()) return;
    for (const auto& name : rule) {
      if (!value.contains(name.get<std::string>())) violations.push_back(where + ": lacks " + name.dump());
    }
  }
  void properties(const json& schema, const json& value, const std::string& where);
  void items(const json& rule, const json& value, const std::string& where) {
    if (!value.is_array()) return;
    for (std::size_t i = 0; i < value.size(); ++i) {
      validate(rule, value[i], where + "[" + std::to_string(i) + "]");
    }
  }
  void any_of(const json& rule, const json& value, const std::string& where);
  void exactly_one_of(const json& rule, const json& value, const std::string& where);
  void least_items(const json& rule, const json& value, const std::string& where) {
    if (value.is_array() && value.size() < rule.get<std::size_t>()) {
      violations.push_back(where + ": has fewer items than " + rule.dump());
    }
  }
  void unique_items(const json& rule, const json& value, const std::string& where);
  void minimum(const json& rule, const json& value, const std::string& where) {
    if (value.is_number() && value < rule) violations.push_back(where + ": is below " + rule.dump());
  }
  void maximum(const json& rule, const json& value, const std::string& where) {
    if (value.is_number() && value > rule) violations.push_back(where + ": is above " + rule.dump());
  }
  void format(const json& rule, const json& value, const std::string& where);
  void pattern(const json& rule, const json& value, const std::string& where) {
    if (!value.is_string()) return;
    if (!std::regex_search(value.get<std::string>(), std::regex(rule.get<std::string>()))) {
      violations.push_back(where + ": " + value.dump() + " does not match " + rule.dump());
    }
  }

  const json& root_;
};

void Validator::type(const json& rule, const json& value, const std::string& where) {
  const auto is = [&](const std::string& name) {
    if (name == "integer") return value.is_number_integer();
    if (name == "number") return value.is_number();
    return name == value.type_name();
  };
  const json names = rule.is_array() ? rule : json::array({rule});
  for (const auto& name : names) {
    if (is(name.get<std::string>())) return;
  }
  violations.push_back(where + ": " + value.dump() + " is no " + rule.dump());
}

void Validator::properties(const json& schema, const json& value, const std::string& where) {
  if (!value.is_object()) return;
  static const json kNone = json::object();
  const json& named = schema.contains("properties") ? schema.at("properties") : kNone;
  const json& others = schema.contains("additionalProperties") ? schema.at("additionalProperties") : kNone;
  for (const auto& [name, member] : value.items()) {
    if (named.contains(name)) {
      validate(named.at(name), member, where + "." + name);
    } else if (others.is_object() && !others.empty()) {
      validate(others, member, where + "." + name);
    } else if (others != json(true)) {
      violations.push_back(where + ": has a property that the schema does not name: " + name);
    }
  }
}

void Validator::unique_items(const json& rule, const json& value, const std::string& where) {
  if (!value.is_array() || rule != json(true)) return;
  for (auto item = value.begin(); item != value.end(); ++item) {
    if (std::find(std::next(item), value.end(), *item) == value.end()) continue;
    violations.push_back(where + ": holds twice " + item->dump());
    return;
  }
}

// By the characters of RFC 3986, and the scheme. Not by one expression: it would recurse for each character.
bool is_uri(const std::string& text, bool with_scheme) {
  static const std::regex kScheme("^[A-Za-z][A-Za-z0-9+.-]*:");
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool plain = c < 0x80 && (std::isalnum(c) != 0 ||
                                    std::string("-._~:/?#[]@!$&'()*+,;=").find(text[i]) != std::string::npos);
    const bool encoded = c == '%' && i + 2 < text.size() &&
                         std::isxdigit(static_cast<unsigned char>(text[i + 1])) != 0 &&
                         std::isxdigit(static_cast<unsigned char>(text[i + 2])) != 0;
    if (!plain && !encoded) return false;
  }
  return !with_scheme || std::regex_search(text, kScheme);
}

void Validator::format(const json& rule, const json& value, const std::string& where) {
  if (!value.is_string() || (rule != json("uri") && rule != json("uri-reference"))) return;
  if (!is_uri(value.get<std::string>(), rule == json("uri"))) {
    violations.push_back(where + ": " + value.dump() + " is no " + rule.dump());
  }
}

void Validator::exactly_one_of(const json& rule, const json& value, const std::string& where) {
  const auto fits = std::count_if(rule.begin(), rule.end(), [&](const json& choice) {
    Validator attempt(root_);
    attempt.validate(choice, value, where);
    return attempt.violations.empty();
  });
  if (fits != 1) violations.push_back(where + ": fits " + std::to_string(fits) + " of the choices, not one");
}

void Validator::any_of(const json& rule, const json& value, const std::string& where) {
  for (const auto& choice : rule) {
    Validator attempt(root_);
    attempt.validate(choice, value, where);
    if (attempt.violations.empty()) return;
  }
  violations.push_back(where + ": fits none of the choices");
}

void Validator::validate(const json& schema, const json& value, const std::string& where) {
  static const std::map<std::string, Check> kChecks = {
      {"$ref", &Validator::reference},       {"type", &Validator::type},
      {"const", &Validator::constant},       {"enum", &Validator::one_of},
      {"required", &Validator::required},    {"items", &Validator::items},
      {"minItems", &Validator::least_items}, {"uniqueItems", &Validator::unique_items},
      {"minimum", &Validator::minimum},      {"maximum", &Validator::maximum},
      {"anyOf", &Validator::any_of},         {"oneOf", &Validator::exactly_one_of},
      {"pattern", &Validator::pattern},      {"format", &Validator::format},
  };
  static const std::set<std::string> kSaysNothing = {"description", "title",       "$schema", "id",
                                                     "$defs",       "definitions", "default"};
  bool has_properties = false;
  for (const auto& [keyword, rule] : schema.items()) {
    if (kSaysNothing.count(keyword) != 0) continue;
    if (keyword == "properties" || keyword == "additionalProperties") {
      has_properties = true;
      continue;
    }
    const auto check = kChecks.find(keyword);
    if (check == kChecks.end()) throw std::runtime_error("schema keyword not known here: " + keyword);
    (this->*check->second)(rule, value, where);
  }
  if (has_properties) properties(schema, value, where);
}

}  // namespace

std::vector<std::string> schema_violations(const json& schema, const json& document) {
  Validator validator(schema);
  validator.validate(schema, document, "report");
  return validator.violations;
}

}  // namespace gordian::test
