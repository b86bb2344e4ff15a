// report_shape_test.cpp - the table has what the schema has.
#include "report_file/report_shape.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "catch.h"

using namespace gordian;
using nlohmann::json;

namespace {

const json& schema_root() {
  static const json root = json::parse(std::ifstream(GORDIAN_REPORT_SCHEMA));
  return root;
}

const json& resolved(const json& schema) {
  if (!schema.contains("$ref")) return schema;
  return resolved(schema_root().at(json::json_pointer(schema["$ref"].get<std::string>().substr(1))));
}

void compare(const JsonShape& shape, const json& unresolved, const std::string& where);

void compare_fields(const JsonShape& shape, const json& schema, const std::string& where) {
  std::set<std::string> expected;
  for (const auto& [name, property] : schema.at("properties").items()) expected.insert(name);
  std::set<std::string> found;
  for (const auto& field : shape.fields) {
    const std::string name(field.name);
    found.insert(name);
    if (expected.count(name) == 0) continue;
    INFO(where << "." << name);
    const auto& required = schema["required"];
    CHECK((field.need == JsonField::required) ==
          (std::find(required.begin(), required.end(), name) != required.end()));
    compare(*field.shape, schema["properties"][name], where + "." + name);
  }
  INFO(where);
  CHECK(found == expected);
  CHECK(found.size() <= 64);
}

void compare(const JsonShape& shape, const json& unresolved, const std::string& where) {
  const json* schema = &resolved(unresolved);
  bool or_null = false;
  if (schema->contains("anyOf")) {
    or_null = true;
    schema = &resolved((*schema)["anyOf"][0]);
  }
  INFO(where);
  if (schema->contains("enum") || schema->contains("const")) {
    CHECK((shape.type == JsonType::text || shape.type == JsonType::natural));
    if (schema->contains("const")) return;  // format and version: the reader has words of its own for others
    if (where.ends_with(".family")) return;  // nobody reads it, and there will be more
    std::set<json> words(shape.words.begin(), shape.words.end());
    if (shape.or_null) words.insert(nullptr);
    CHECK(words == schema->at("enum").get<std::set<json>>());
    return;
  }
  const auto& type = schema->at("type");
  or_null |= type.is_array();
  CHECK(shape.or_null == or_null);
  const auto name = (type.is_array() ? type[0] : type).get<std::string>();
  switch (shape.type) {
    case JsonType::text:
      CHECK(name == "string");
      break;
    case JsonType::natural:
    case JsonType::integer:
      CHECK(name == "integer");
      break;
    case JsonType::boolean:
      CHECK(name == "boolean");
      break;
    case JsonType::object:
      REQUIRE(name == "object");
      compare_fields(shape, *schema, where);
      break;
    case JsonType::list:
      REQUIRE(name == "array");
      compare(*shape.items, schema->at("items"), where + "[]");
      break;
  }
}

}  // namespace

TEST_CASE("the table of a report's fields is the schema's, with its types and what is required") {
  compare(kReportShape, schema_root(), "report");
}
