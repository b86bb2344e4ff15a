// json_reader.cpp - nlohmann's SAX events, held against the table of shapes.
//
// What the table does not name is never made a value: an unknown field costs the memory
// of its longest string. The parser itself keeps one bit per level of nesting.
#include "report_file/json_reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

namespace gordian {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostLevels = 64;

const char* words_for(JsonType type) {
  switch (type) {
    case JsonType::text:
      return "a string";
    case JsonType::natural:
      return "a whole number, 0 or more";
    case JsonType::integer:
      return "a whole number";
    case JsonType::boolean:
      return "true or false";
    case JsonType::object:
      return "an object";
    case JsonType::list:
      return "a list";
  }
  return "";
}

// Quoted for a message, which shall stay one line.
std::string in_quotes(std::string_view text) {
  constexpr std::size_t kMost = 60;
  return '"' + std::string(text.substr(0, kMost)) + (text.size() > kMost ? "…\"" : "\"");
}

// Member functions by the names that nlohmann's parser calls.
class ShapeReader {
 public:
  ShapeReader(TextSource& source, const JsonShape& root, std::span<const std::string_view> streamed,
              const JsonPartHandler& handle, std::uint64_t most_bytes)
      : source_(source), root_(root), streamed_(streamed), handle_(handle), most_bytes_(most_bytes) {
    source_.allow(most_bytes_);
  }

  bool null() {
    const JsonShape* const shape = expected();
    if (shape == nullptr) return true;
    if (!shape->or_null) throw wrong_type(*shape, "null");
    return add(nullptr);
  }
  bool boolean(bool value) { return scalar(JsonType::boolean, value, "a truth value"); }
  bool number_integer(std::int64_t value) { return scalar(JsonType::integer, value, "a negative number"); }
  bool number_unsigned(std::uint64_t value) {
    const JsonShape* const shape = expected();
    if (shape == nullptr) return true;
    const bool fits = shape->type == JsonType::natural ||
                      (shape->type == JsonType::integer && value <= std::uint64_t{INT64_MAX});
    if (!fits) throw wrong_type(*shape, "a number");
    return add(value);
  }
  bool number_float(double, const std::string&) { return unfit("a fraction"); }
  bool binary(std::vector<std::uint8_t>&) { return unfit("binary data"); }
  bool string(std::string& value) {
    const JsonShape* const shape = expected();
    if (shape == nullptr) return true;
    if (shape->type != JsonType::text) throw wrong_type(*shape, "a string");
    const auto& words = shape->words;
    if (!words.empty() && std::find(words.begin(), words.end(), value) == words.end()) {
      throw fault(where() + " is " + in_quotes(value) + ", which this gordian does not know");
    }
    return add(std::move(value));
  }

  bool start_object(std::size_t) { return start(JsonType::object, Json::object(), "an object"); }
  bool start_array(std::size_t) { return start(JsonType::list, Json::array(), "a list"); }
  bool key(std::string& name);
  bool end_object();
  bool end_array();

  template <typename Exception>
  bool parse_error(std::size_t, const std::string&, const Exception& exception);

 private:
  struct Level {
    const JsonShape* shape;
    Json value;                        // so far
    const JsonField* field = nullptr;  // of an object: the one whose value comes next; null: unknown
    std::uint64_t seen = 0;            // the fields that came, a bit each
    std::size_t items = 0;             // of a list: those that came
  };

  // The shape of the value that comes next; null where nobody wants it.
  const JsonShape* expected() {
    const JsonShape* shape = nullptr;
    if (unwanted_ == 0) {
      if (levels_.empty()) {
        shape = &root_;
      } else if (levels_.back().shape->type == JsonType::list) {
        shape = levels_.back().shape->items;
      } else if (levels_.back().field != nullptr) {
        shape = levels_.back().field->shape;
      }
    }
    if (shape == nullptr) source_.allow(most_bytes_);
    return shape;
  }

  template <typename Value>
  bool scalar(JsonType type, Value value, const char* what) {
    const JsonShape* const shape = expected();
    if (shape == nullptr) return true;
    if (shape->type != type) throw wrong_type(*shape, what);
    return add(value);
  }
  bool unfit(const char* what) {
    if (const JsonShape* const shape = expected(); shape != nullptr) throw wrong_type(*shape, what);
    return true;
  }

  bool start(JsonType type, Json empty, const char* what);
  bool add(Json value);
  void give(std::string_view name, Json&& part);
  bool is_streamed(std::size_t level) const {
    return level == 1 && levels_.size() > 1 && levels_[1].shape->type == JsonType::list &&
           std::find(streamed_.begin(), streamed_.end(), levels_[0].field->name) != streamed_.end();
  }

  std::string where() const;
  Error fault(const std::string& what) const { return source_.fault(what); }
  Error wrong_type(const JsonShape& shape, const char* found) const {
    return fault(where() + " is " + found + " where " + words_for(shape.type) + " belongs");
  }

  TextSource& source_;
  const JsonShape& root_;
  std::span<const std::string_view> streamed_;
  const JsonPartHandler& handle_;
  std::uint64_t most_bytes_;
  std::vector<Level> levels_;
  std::size_t unwanted_ = 0;  // levels we are deep in what nobody wants
  bool complete_ = false;
};

// The place of the value that comes next: "findings[3].objects[0].size".
std::string ShapeReader::where() const {
  if (levels_.empty()) return "the document";
  std::string place;
  for (const Level& level : levels_) {
    if (level.shape->type == JsonType::list) {
      place += "[" + std::to_string(level.items) + "]";
    } else if (level.field != nullptr) {
      place += (place.empty() ? "" : ".") + std::string(level.field->name);
    }
  }
  return place.empty() ? "the document" : place;
}

bool ShapeReader::start(JsonType type, Json empty, const char* what) {
  if (levels_.size() + unwanted_ == kMostLevels) throw fault("is nested too deeply");
  const JsonShape* const shape = expected();
  if (shape == nullptr) {
    ++unwanted_;
    return true;
  }
  if (shape->type != type) throw wrong_type(*shape, what);
  levels_.push_back({shape, std::move(empty)});
  if (is_streamed(levels_.size() - 1)) source_.allow(most_bytes_);
  return true;
}

bool ShapeReader::key(std::string& name) {
  if (unwanted_ != 0) return true;
  Level& level = levels_.back();
  const auto& fields = level.shape->fields;
  level.field = nullptr;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name != name) continue;
    const std::uint64_t bit = std::uint64_t{1} << i;
    level.field = &fields[i];
    if ((level.seen & bit) != 0) throw fault(where() + " is there twice");
    level.seen |= bit;
  }
  return true;
}

bool ShapeReader::end_object() {
  if (unwanted_ != 0) {
    --unwanted_;
    return true;
  }
  Level level = std::move(levels_.back());
  levels_.back().field = nullptr;
  for (std::size_t i = 0; i < level.shape->fields.size(); ++i) {
    const JsonField& field = level.shape->fields[i];
    if (field.need == JsonField::optional || (level.seen >> i & 1) != 0) continue;
    throw fault(where() + " has no " + in_quotes(field.name));
  }
  levels_.pop_back();
  return add(std::move(level.value));
}

bool ShapeReader::end_array() {
  if (unwanted_ != 0) {
    --unwanted_;
    return true;
  }
  const bool streamed = is_streamed(levels_.size() - 1);
  Json value = std::move(levels_.back().value);
  levels_.pop_back();
  return streamed || add(std::move(value));
}

bool ShapeReader::add(Json value) {
  if (levels_.empty()) {
    complete_ = true;
    return true;
  }
  Level& level = levels_.back();
  if (is_streamed(levels_.size() - 1)) {
    give(levels_[0].field->name, std::move(value));
    ++level.items;
  } else if (level.shape->type == JsonType::list) {
    level.value.push_back(std::move(value));
    ++level.items;
  } else if (levels_.size() == 1) {
    give(level.field->name, std::move(value));
  } else {
    level.value[std::string(level.field->name)] = std::move(value);
  }
  return true;
}

void ShapeReader::give(std::string_view name, Json&& part) {
  handle_(name, std::move(part));
  source_.allow(most_bytes_);
}

template <typename Exception>
bool ShapeReader::parse_error(std::size_t, const std::string&, const Exception& exception) {
  // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error while ... - WHAT"
  std::string_view what = exception.what();
  const bool unexpected = what.find("unexpected '") != std::string_view::npos;
  if (!complete_ && !unexpected && source_.at_end())
    throw fault("ends early; who wrote it was probably killed, or the disk was full");
  for (const std::string_view before : {"] ", "syntax error while parsing "}) {
    if (const auto at = what.find(before); at != std::string_view::npos) {
      what.remove_prefix(at + before.size());
    }
  }
  constexpr std::size_t kMost = 200;
  throw fault("is no JSON: " + std::string(what.substr(0, kMost)));
}

}  // namespace

void read_json(TextSource& source, const JsonShape& root, std::span<const std::string_view> streamed,
               const JsonPartHandler& handle, std::uint64_t most_bytes_in_one_part) {
  ShapeReader reader(source, root, streamed, handle, most_bytes_in_one_part);
  Json::sax_parse(TextCursor(source), TextCursor(), &reader);
}

}  // namespace gordian
