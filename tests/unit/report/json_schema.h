// json_schema.h - as much of JSON Schema as report.schema.json and the schema of SARIF 2.1.0 use.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace gordian::test {

// What is wrong with `document`, a sentence each, with the place. Knows type, const, enum, required,
// properties, additionalProperties, items, minItems, uniqueItems, minimum, maximum, anyOf, oneOf, pattern,
// format "uri" and "uri-reference", and $ref into the schema; throws for another keyword. Stricter than the
// standard in one thing: a property that the schema does not name is wrong, unless `additionalProperties`
// allows it.
std::vector<std::string> schema_violations(const nlohmann::json& schema, const nlohmann::json& document);

}  // namespace gordian::test
