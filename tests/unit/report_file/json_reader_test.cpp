// json_reader_test.cpp - what the shape names comes out; what it does not name is passed over; the rest is
// refused.
#include "report_file/json_reader.h"

#include <array>
#include <nlohmann/json.hpp>

#include "catch.h"

using namespace gordian;

namespace {

constexpr JsonShape kText{JsonType::text};
constexpr JsonShape kNatural{JsonType::natural};
constexpr JsonShape kIntegerOrNull{JsonType::integer, true};
constexpr JsonShape kBoolean{JsonType::boolean};
constexpr std::array<std::string_view, 2> kWords = {"red", "green"};
constexpr JsonShape kColour{.type = JsonType::text, .words = kWords};
constexpr JsonShape kTexts{.type = JsonType::list, .items = &kText};
constexpr std::array kItemFields = {
    JsonField{"n", &kNatural, JsonField::required},
    JsonField{"i", &kIntegerOrNull},
    JsonField{"b", &kBoolean},
    JsonField{"colour", &kColour},
    JsonField{"texts", &kTexts},
};
constexpr JsonShape kItem{.type = JsonType::object, .fields = kItemFields};
constexpr JsonShape kItems{.type = JsonType::list, .items = &kItem};
constexpr std::array kRootFields = {
    JsonField{"name", &kText, JsonField::required},
    JsonField{"one", &kItem},
    JsonField{"items", &kItems},
    JsonField{"others", &kTexts},
};
constexpr JsonShape kRoot{.type = JsonType::object, .fields = kRootFields};

// The parts of `text`, "name=JSON" each.
std::vector<std::string> parts(const std::string& text, std::uint64_t most = kMostBytesInOnePart) {
  TextSource source("f", text);
  std::vector<std::string> result;
  const auto keep = [&](std::string_view name, nlohmann::ordered_json&& part) {
    result.push_back(std::string(name) + "=" + part.dump());
  };
  constexpr std::array<std::string_view, 2> kStreamed = {"items", "others"};
  read_json(source, kRoot, kStreamed, keep, most);
  return result;
}

using Parts = std::vector<std::string>;

}  // namespace

TEST_CASE("fields come whole, the streamed lists item by item, both in the file's order") {
  CHECK(parts(R"({"others":["a","b"],"items":[{"n":1}],"name":"x"})") ==
        Parts{R"(others="a")", R"(others="b")", R"(items={"n":1})", R"(name="x")"});
  CHECK(parts(R"({"items":[{"n":1},{"n":2}],"name":"x","one":{"b":true,"n":3}})") ==
        Parts{R"(items={"n":1})", R"(items={"n":2})", R"(name="x")", R"(one={"b":true,"n":3})"});
  CHECK(parts(R"( {"name" : "", "items" : [ ] } )") == Parts{R"(name="")"});
}

TEST_CASE("every type comes out as it was") {
  const std::string text =
      R"({"name":"\u00e4","one":{"n":18446744073709551615,"i":-3,"b":false,"colour":"red","texts":["a",""]}})";
  CHECK(parts(text)[1] ==
        R"(one={"n":18446744073709551615,"i":-3,"b":false,"colour":"red","texts":["a",""]})");
  CHECK(parts(R"({"name":"","one":{"n":0,"i":null}})")[1] == R"(one={"n":0,"i":null})");
}

TEST_CASE("unknown fields are passed over, whatever they hold") {
  for (const char* unknown : {"1", "-1.5", "null", "true", "\"s\"", "[]", "{}",
                              R"([{"n":[1,{"items":[2]}]},[]])", R"({"name":{"name":[1]},"items":{}})"}) {
    INFO(unknown);
    const std::string value = unknown;
    CHECK(parts(R"({"later":)" + value + R"(,"name":"x","items":[{"later":)" + value + R"(,"n":1}]})") ==
          Parts{R"(name="x")", R"(items={"n":1})"});
  }
}

TEST_CASE("a value of a wrong type is told with its place") {
  CHECK_THROWS_WITH(parts("{\n \"name\": 5}"), "f:2:11: name is a number where a string belongs");
  CHECK_THROWS_WITH(parts(R"({"items":[{"n":1},{"n":"1"}]})"),
                    ContainsSubstring("items[1].n is a string where a whole number, 0 or more belongs"));
  CHECK_THROWS_WITH(parts(R"({"one":{"n":-1}})"), ContainsSubstring("one.n is a negative number where"));
  CHECK_THROWS_WITH(parts(R"({"one":{"n":1.5}})"), ContainsSubstring("one.n is a fraction where"));
  CHECK_THROWS_WITH(parts(R"({"one":{"n":null}})"), ContainsSubstring("one.n is null where"));
  CHECK_THROWS_WITH(parts(R"({"one":{"i":9223372036854775808}})"), ContainsSubstring("one.i is a number"));
  CHECK_THROWS_WITH(parts(R"({"one":{"b":0}})"), ContainsSubstring("where true or false belongs"));
  CHECK_THROWS_WITH(parts(R"({"one":[]})"), ContainsSubstring("one is a list where an object belongs"));
  CHECK_THROWS_WITH(parts(R"({"items":{}})"), ContainsSubstring("items is an object where a list belongs"));
  CHECK_THROWS_WITH(parts(R"({"one":{"texts":["a",{}]}})"),
                    ContainsSubstring("one.texts[1] is an object where a string belongs"));
  CHECK_THROWS_WITH(parts("[]"), "f:1:1: the document is a list where an object belongs");
  CHECK_THROWS_WITH(parts("5"), ContainsSubstring("the document is a number"));
}

TEST_CASE("a word that is not among those known, a field that is missing or there twice is told") {
  CHECK_THROWS_WITH(parts(R"({"one":{"colour":"blue"}})"),
                    ContainsSubstring("one.colour is \"blue\", which this gordian does not know"));
  CHECK_THROWS_WITH(parts("{\"name\":\"x\",\n\"items\":[{}]}"), "f:2:11: items[0] has no \"n\"");
  CHECK_THROWS_WITH(parts("{}"), "f:1:2: the document has no \"name\"");
  CHECK_THROWS_WITH(parts(R"({"name":"a","name":"b"})"), ContainsSubstring("name is there twice"));
  CHECK_THROWS_WITH(parts(R"({"items":[],"items":[]})"), ContainsSubstring("items is there twice"));
}

TEST_CASE("what ends early and what is no JSON are told apart") {
  for (const char* text :
       {"", "{", "{\"name\":\"x", "{\"name\":\"x\"", "{\"name\":tr", "{\"items\":[{\"n\":1}"}) {
    INFO(text);
    CHECK_THROWS_WITH(parts(text), ContainsSubstring("ends early"));
  }
  CHECK_THROWS_WITH(parts("{\n\"name\" \"x\"}"), Catch::Matchers::StartsWith("f:2:10: is no JSON: "));
  CHECK_THROWS_WITH(parts(R"({"name":"x"}})"), ContainsSubstring("is no JSON"));
  CHECK_THROWS_WITH(parts(R"({"name":"x"} 12)"), ContainsSubstring("is no JSON"));
  CHECK_THROWS_WITH(parts("{\"name\":\"\xff\"}"), ContainsSubstring("is no JSON"));
  CHECK_THROWS_WITH(parts(R"({"one":{"n":1e999}})"), ContainsSubstring("is no JSON"));
}

TEST_CASE("depth is bounded, also in what is passed over") {
  CHECK_NOTHROW(parts(R"({"name":"","later":)" + std::string(60, '[') + std::string(60, ']') + "}"));
  CHECK_THROWS_WITH(parts(R"({"name":"","later":)" + std::string(100'000, '[')),
                    "f:1:83: is nested too deeply");
}

TEST_CASE("one part is bounded, and any number of them is not") {
  constexpr std::uint64_t kMost = 1000;
  const std::string large(kMost, 'x');
  CHECK_NOTHROW(parts(R"({"name":")" + large.substr(100) + "\"}", kMost));
  CHECK_THROWS_WITH(parts(R"({"name":")" + large + "\"}", kMost),
                    ContainsSubstring("is larger than anything"));
  CHECK_THROWS_WITH(parts(R"({"later":")" + large + "\"}", kMost),
                    ContainsSubstring("is larger than anything"));
  CHECK_THROWS_WITH(parts(std::string(kMost + 1, ' ') + "{}", kMost), ContainsSubstring("is larger than"));
  std::string texts;
  for (int i = 0; i < 300; ++i) texts += "\"x\",";
  CHECK_NOTHROW(parts(R"({"name":"","later":[)" + texts + "0, 0]}", kMost));
  CHECK_THROWS_WITH(parts(R"({"one":{"n":1,"texts":[)" + texts + "\"\"]}}", kMost),
                    ContainsSubstring("is larger than anything"));
  std::string items = "{\"n\":0}";
  for (int i = 1; i < 1000; ++i) items += ",{\"n\":1}";
  CHECK(parts(R"({"name":"","items":[)" + items + "]}", kMost).size() == 1001);
}

TEST_CASE("what is not said otherwise is bounded, too") {
  CHECK_THROWS_WITH(parts(R"({"name":")" + std::string(kMostBytesInOnePart, 'x') + "\"}"),
                    ContainsSubstring("is larger than anything"));
}
