// json_schema.cpp - a function per keyword. As in the standard, a keyword says nothing of
// values that are not of its kind: `items` of a number, `required` of a list.
#include "json_schema.h"

#include <algorithm>
#include <map>
#include <regex>
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
  void properties(const json& rule, const json& value, const std::string& where);
  void items(const json& rule, const json& value, const std::string& where) {
    if (!value.is_array()) return;
    for (std::size_t i = 0; i < value.size(); ++i) {
      validate(rule, value[i], where + "[" + std::to_string(i) + "]");
    }
  }
  void any_of(const json& rule, const json& value, const std::string& where);
  void pattern(const json& rule, const json& value, const std::string& where) {
    if (!value.is_string()) return;
    if (!std::regex_search(value.get<std::string>(), std::regex(rule.get<std::string>()))) {
      violations.push_back(where + ": " + value.dump() + " does not match " + rule.dump());
    }
  }
  void nothing(const json&, const json&, const std::string&) {}

  const json& root_;
};

void Validator::type(const json& rule, const json& value, const std::string& where) {
  const auto is = [&](const std::string& name) {
    if (name == "integer") return value.is_number_integer();
    return name == value.type_name();
  };
  const json names = rule.is_array() ? rule : json::array({rule});
  for (const auto& name : names) {
    if (is(name.get<std::string>())) return;
  }
  violations.push_back(where + ": " + value.dump() + " is no " + rule.dump());
}

void Validator::properties(const json& rule, const json& value, const std::string& where) {
  if (!value.is_object()) return;
  for (const auto& [name, member] : value.items()) {
    if (rule.contains(name)) {
      validate(rule.at(name), member, where + "." + name);
    } else {
      violations.push_back(where + ": has a property that the schema does not name: " + name);
    }
  }
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
      {"$ref", &Validator::reference},    {"type", &Validator::type},
      {"const", &Validator::constant},    {"enum", &Validator::one_of},
      {"required", &Validator::required}, {"properties", &Validator::properties},
      {"items", &Validator::items},       {"anyOf", &Validator::any_of},
      {"pattern", &Validator::pattern},   {"description", &Validator::nothing},
      {"title", &Validator::nothing},     {"$schema", &Validator::nothing},
      {"$defs", &Validator::nothing},
  };
  for (const auto& [keyword, rule] : schema.items()) {
    const auto check = kChecks.find(keyword);
    if (check == kChecks.end()) throw std::runtime_error("schema keyword not known here: " + keyword);
    (this->*check->second)(rule, value, where);
  }
}

}  // namespace

std::vector<std::string> schema_violations(const json& schema, const json& document) {
  Validator validator(schema);
  validator.validate(schema, document, "report");
  return validator.violations;
}

}  // namespace gordian::test
