// manual.cpp - see manual.h.
#include "reference/manual.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string_view>

#include "base/error.h"
#include "commands/runtime_options.h"
#include "reference/roff.h"
#include "reference/wording.h"

namespace gordian {
namespace {

// In the order in which readers expect them.
constexpr std::array<std::string_view, 12> kSections = {
    "NAME",        "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS",     "RETURN VALUES",
    "ENVIRONMENT", "FILES",    "EXIT STATUS", "EXAMPLES", "DIAGNOSTICS", "SEE ALSO"};

using Sections = std::map<std::string, std::string>;

// Section by section, what people have written for `page`; nothing where there is no such file.
Sections prose_of(const std::string& page, const ManualSource& source) {
  const std::string path = source.prose + "/" + page + ".mdoc";
  std::ifstream in(path);
  Sections sections;
  std::string* section = nullptr;
  for (std::string line; std::getline(in, line);) {
    if (line.rfind(".Sh ", 0) == 0) {
      const std::string name = line.substr(4);
      if (std::find(kSections.begin(), kSections.end(), name) == kSections.end()) {
        throw Error(path + ": section " + name + " has no place in a page; see kSections");
      }
      section = &sections[name];
    } else if (section != nullptr) {
      *section += line + "\n";
    }
  }
  return sections;
}

// Adds what was generated before what was written.
void put_first(Sections& sections, const char* name, const std::string& text) {
  std::string& section = sections[name];
  section = text + (text.empty() || section.empty() ? "" : ".Pp\n") + section;
}

struct Draft {
  std::string name;
  int section;
  Sections sections;
};

// Every page but `own`.
std::string see_also(const std::vector<Draft>& drafts, const Draft& own) {
  std::vector<std::pair<int, std::string>> others;
  for (const auto& draft : drafts) {
    if (draft.name != own.name) others.emplace_back(draft.section, draft.name);
  }
  std::sort(others.begin(), others.end());
  std::string text;
  for (const auto& [section, name] : others) {
    text += (text.empty() ? ".Xr " : " ,\n.Xr ") + name + " " + std::to_string(section);
  }
  return text + "\n";
}

std::string page_text(const Draft& draft, const ManualSource& source) {
  std::string title = draft.name;
  std::transform(title.begin(), title.end(), title.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  std::string text = ".Dd " + source.date + "\n.Dt " + title + " " + std::to_string(draft.section) +
                     "\n.Os gordian " + source.version + "\n";
  for (const auto& heading : kSections) {
    const auto at = draft.sections.find(std::string(heading));
    if (at != draft.sections.end() && !at->second.empty()) {
      text += ".Sh " + std::string(heading) + "\n" + at->second;
    }
  }
  return text;
}

std::string name_section(const std::string& name, std::string summary) {
  if (!summary.empty() && summary.back() == '.') summary.pop_back();
  if (!summary.empty()) summary.front() = static_cast<char>(std::tolower(summary.front()));
  std::istringstream words(summary);
  std::string safe;
  for (std::string word; words >> word;) safe += " " + roff_word(word);
  return ".Nm " + name + "\n.Nd" + safe + "\n";
}

std::string synopsis(const DescribedCommand& command) {
  if (command.name.empty()) {
    return ".Nm gordian\n.Ar command\n.Op Ar options\n.Nm gordian\n.Fl -help | -version\n";
  }
  std::string text = ".Nm gordian\n.Cm " + roff_word(command.name) + "\n.Op Ar options\n";
  for (const auto& word : command.words) text += ".Ar " + word.name + (word.several ? " ...\n" : "\n");
  if (command.takes_program) text += ".Op Fl -\n.Ar PROGRAM\n.Op Ar ARGS ...\n";
  return text;
}

// "--json" is `Fl -json` in mdoc.
std::string flag(const std::string& name) {
  return "Fl " + roff_word(name.substr(1));
}

std::string option_item(const DescribedOption& option) {
  std::string head = ".It";
  for (const auto& name : option.names) {
    if (head.size() > 3) head += " ,";
    head += " " + flag(name);
  }
  if (option.value == DescribedOption::Value::optional) {
    head += " Ns Op = Ns Ar " + option.placeholder;
  } else if (option.value != DescribedOption::Value::none) {
    head += " Ar " + option.placeholder;
  }
  std::string help = option.help;
  if (!option.choices.empty()) help += " (" + listed(option.choices, "") + ")";
  help += option.standard.empty() ? "." : ". Default: " + option.standard + ".";
  return head + "\n" + roff_text(help);
}

std::string options_section(const DescribedCommand& command) {
  std::string text = ".Bl -tag -width Ds\n";
  for (const auto& word : command.words) text += ".It Ar " + word.name + "\n" + roff_text(word.help + ".");
  for (const auto& option : command.options) text += option_item(option);
  return text + ".El\n";
}

std::string page_name(const DescribedCommand& command) {
  return command.name.empty() ? "gordian" : "gordian-" + command.name;
}

std::string commands_section(const std::vector<DescribedCommand>& commands) {
  std::string text = ".Bl -tag -width Ds\n";
  for (const auto& command : commands) {
    if (!command.name.empty()) {
      text += ".It Xr " + page_name(command) + " 1\n" + roff_text(command.summary + ".");
    }
  }
  return text + ".El\n";
}

Draft command_page(const DescribedCommand& command, const std::vector<DescribedCommand>& commands,
                   const ManualSource& source) {
  const std::string name = page_name(command);
  Sections sections = prose_of(name, source);
  put_first(sections, "NAME", name_section(name, command.summary));
  put_first(sections, "SYNOPSIS", synopsis(command));
  std::string& description = sections["DESCRIPTION"];
  if (const auto notes = roff_paragraphs(command.notes); !notes.empty()) {
    description += (description.empty() ? "" : ".Pp\n") + notes;
  }
  if (command.name.empty()) put_first(sections, "COMMANDS", commands_section(commands));
  put_first(sections, "OPTIONS", options_section(command));
  put_first(sections, "EXIT STATUS", roff_text(command.exit_status));
  return {name, 1, sections};
}

std::string runtime_option_item(const RuntimeOption& option) {
  using Kind = RuntimeOption::Kind;
  std::string text = std::string(".It Cm ") + roff_word(option.name) + " Ns = Ns ";
  const bool is_path = option.kind == Kind::path || option.kind == Kind::input;
  text += is_path ? "Ar PATH\n" : "Cm " + roff_word(option.standard) + "\n";
  const std::string values = is_path ? "" : " (" + values_of(option, "") + ")";
  return text + roff_text(option.help + values + ".");
}

Draft runtime_options_page(const ManualSource& source) {
  const std::string name = "gordian-options";
  Sections sections = prose_of(name, source);
  put_first(sections, "NAME", name_section(name, "what a program that is linked with gordian can be told"));
  std::string text = ".Bl -tag -width Ds\n";
  for (const auto& option : runtime_options()) text += runtime_option_item(option);
  put_first(sections, "OPTIONS", text + ".El\n");
  return {name, 7, sections};
}

// All of it is written by hand; tests/integration/manual.sh holds it against the header.
Draft header_page(const ManualSource& source) {
  const std::string name = "gordian.h";
  Sections sections = prose_of(name, source);
  put_first(sections, "NAME", name_section(name, "what a program can ask of gordian's runtime"));
  return {name, 3, sections};
}

}  // namespace

std::vector<ManualPage> manual_pages(const std::vector<DescribedCommand>& commands,
                                     const ManualSource& source) {
  std::vector<Draft> drafts;
  for (const auto& command : commands) drafts.push_back(command_page(command, commands, source));
  drafts.push_back(runtime_options_page(source));
  drafts.push_back(header_page(source));
  std::vector<ManualPage> pages;
  for (Draft& draft : drafts) {
    put_first(draft.sections, "SEE ALSO", see_also(drafts, draft));
    pages.push_back({draft.name, draft.section, page_text(draft, source)});
  }
  return pages;
}

}  // namespace gordian
