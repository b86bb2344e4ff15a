// json_shape.h - what a JSON value must look like, as a table that is there before the program starts.
//
// A field that no table names is no fault: what a later version adds is passed over.
#pragma once

#include <span>
#include <string_view>

namespace gordian {

enum class JsonType { text, natural, integer, boolean, object, list };

struct JsonShape;

struct JsonField {
  std::string_view name;
  const JsonShape* shape;
  enum Need { optional, required } need = optional;
};

struct JsonShape {
  JsonType type;
  bool or_null = false;
  std::span<const std::string_view> words = {};  // of a text: the only ones, where there are any
  std::span<const JsonField> fields = {};        // of an object; at most 64
  const JsonShape* items = nullptr;              // of a list
};

}  // namespace gordian
