// html_report.cpp - fills in page.html.
#include "report/html/html_report.h"

#include <map>
#include <nlohmann/json.hpp>

#include "report/html/assets.h"
#include "report/html/page_data.h"
#include "report/text_report.h"
#include "report/wording.h"

namespace gordian {
namespace {

// `data` for a <script> element, which nothing in it can end: JSON has "<" in strings only, and a name
// for it there.
std::string script_text(const nlohmann::ordered_json& data) {
  const std::string json = data.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  std::string text;
  text.reserve(json.size() + json.size() / 8);
  for (const char c : json) {
    if (c == '<') {
      text += "\\u003c";
    } else {
      text += c;
    }
  }
  return text;
}

// What the page says to a browser that runs no scripts.
std::string plain_text(const Report& report, const Look& look) {
  Look plain = look;
  plain.terminal = {};
  plain.quiet_when_clean = false;
  return html_escaped(text_report(report, plain));
}

// `page` with each {{key}} replaced by its value, in one pass: a value may hold what looks like a key.
std::string filled_in(std::string_view page, const std::map<std::string_view, std::string>& values) {
  std::string text;
  for (std::size_t at = 0; at < page.size();) {
    const std::size_t open = page.find("{{", at);
    const std::size_t close = page.find("}}", open);
    if (open == std::string_view::npos || close == std::string_view::npos) {
      return text.append(page.substr(at));
    }
    text.append(page.substr(at, open - at));
    text.append(values.at(page.substr(open + 2, close - open - 2)));
    at = close + 2;
  }
  return text;
}

}  // namespace

std::string html_report(const Report& report, const Look& look) {
  const auto data = page_data(report, look);
  return filled_in(kPage, {{"style-hash", std::string(kStyleHash)},
                           {"script-hash", std::string(kScriptHash)},
                           {"version", GORDIAN_VERSION},
                           {"program", html_escaped(data["program"]["name"].get<std::string>())},
                           {"style", std::string(kStyle)},
                           {"text", plain_text(report, look)},
                           {"data", script_text(data)},
                           {"script", std::string(kScript)}});
}

std::string html_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

}  // namespace gordian
