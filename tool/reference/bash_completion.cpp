// bash_completion.cpp - see completion.h.
//
// What follows from the commands is in three tables, functions made of a case each; the logic is a text that
// knows of none.
#include <algorithm>

#include "reference/completion.h"
#include "reference/wording.h"

namespace gordian {
namespace {

using Value = DescribedOption::Value;

constexpr const char* kLogic = R"bash(
# The word that word $1 is the value of, if that is an option: bash makes three words of "--json=a".
_gordian_option_of() {
  local at=$1
  [ "${COMP_WORDS[at]}" = "=" ] || ((at--))
  [ "${COMP_WORDS[at]}" != "=" ] || ((at--))
  printf '%s' "${COMP_WORDS[at]}"
}

_gordian_files() {
  compopt -o filenames 2>/dev/null
  local IFS=$'\n'
  COMPREPLY=($(compgen -f -- "$1"))
}

# Where PROGRAM stands, from word 2 on; 0 where it is still to come.
_gordian_program_at() {
  local i kind
  for ((i = 2; i < COMP_CWORD; ++i)); do
    case ${COMP_WORDS[i]} in
      --) echo $((i + 1)); return ;;
      =) ((++i)) ;;
      -*)
        kind=$(_gordian_value "$1" "${COMP_WORDS[i]}")
        case $kind in
          "" | optional) ;;
          *) [ "${COMP_WORDS[i + 1]}" = "=" ] || ((++i)) ;;
        esac ;;
      *) echo "$i"; return ;;
    esac
  done
  echo 0
}

# Completes a program and its arguments, which begin at word $1.
_gordian_program() {
  if declare -F _command_offset >/dev/null; then
    _command_offset "$1"
  elif [ "$COMP_CWORD" -eq "$1" ]; then
    COMPREPLY=($(compgen -c -- "${COMP_WORDS[COMP_CWORD]}"))
  else
    _gordian_files "${COMP_WORDS[COMP_CWORD]}"
  fi
}

_gordian() {
  COMPREPLY=()
  local current=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} at kind
  [ "$current" != "=" ] || current=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "$(_gordian_options "") $_gordian_commands" -- "$current"))
    return
  fi
  if _gordian_takes_program "$command"; then
    at=$(_gordian_program_at "$command")
    if [ "$at" -ne 0 ]; then
      _gordian_program "$at"
      return
    fi
  fi
  kind=$(_gordian_value "$command" "$(_gordian_option_of "$COMP_CWORD")")
  case $kind in
    "" | optional) ;;
    file) _gordian_files "$current"; return ;;
    other) return ;;
    *) COMPREPLY=($(compgen -W "$kind" -- "$current")); return ;;
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$(_gordian_options "$command")" -- "$current"))
  elif _gordian_takes_program "$command"; then
    _gordian_program "$COMP_CWORD"
  elif _gordian_takes_files "$command"; then
    _gordian_files "$current"
  fi
} && complete -F _gordian gordian
)bash";

std::string joined(const std::vector<std::string>& words, const char* between) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

// What _gordian_value prints: "" where nothing follows.
std::string kind_of(const DescribedOption& option) {
  switch (option.value) {
    case Value::none:
      return "";
    case Value::optional:
      return "optional";
    case Value::file:
      return "file";
    case Value::choice:
      return joined(option.choices, " ");
    case Value::other:
      return "other";
  }
  return "";
}

std::string options_table(const std::vector<DescribedCommand>& commands) {
  std::string table = "\n# The options of command $1.\n_gordian_options() {\n  case $1 in\n";
  for (const auto& command : commands) {
    std::vector<std::string> names;
    for (const auto& option : command.options) {
      names.insert(names.end(), option.names.begin(), option.names.end());
    }
    table += "    \"" + command.name + "\") echo '" + joined(names, " ") + "' ;;\n";
  }
  return table + "  esac\n}\n";
}

std::string values_table(const std::vector<DescribedCommand>& commands) {
  std::string table =
      "\n# What follows option $2 of command $1: file, other, optional (after = only), its choices, or "
      "nothing.\n"
      "_gordian_value() {\n  case \"$1 $2\" in\n";
  for (const auto& command : commands) {
    for (const auto& option : command.options) {
      const std::string kind = kind_of(option);
      if (kind.empty()) continue;
      std::vector<std::string> patterns;
      for (const auto& name : option.names) {
        std::string pattern = "'";
        pattern += command.name + " " + name + "'";
        patterns.push_back(pattern);
      }
      table += "    " + joined(patterns, " | ") + ") echo '" + kind + "' ;;\n";
    }
  }
  return table + "  esac\n}\n";
}

std::string predicate(const std::vector<DescribedCommand>& commands, const char* name,
                      bool (*holds)(const DescribedCommand&)) {
  std::string text = std::string("\n") + name + "() {\n  case $1 in\n";
  for (const auto& command : commands) {
    if (holds(command)) text += "    " + command.name + ") ;;\n";
  }
  return text + "    *) return 1 ;;\n  esac\n}\n";
}

bool takes_files(const DescribedCommand& command) {
  return std::any_of(command.words.begin(), command.words.end(), [](const auto& word) { return word.file; });
}

}  // namespace

std::string bash_completion(const std::vector<DescribedCommand>& commands) {
  std::vector<std::string> names;
  for (const auto& command : commands) {
    if (!command.name.empty()) names.push_back(command.name);
  }
  return "# bash completion for gordian; made of its own command line.\n\n_gordian_commands='" +
         joined(names, " ") + "'\n" + options_table(commands) + values_table(commands) +
         predicate(commands, "_gordian_takes_program",
                   [](const DescribedCommand& command) { return command.takes_program; }) +
         predicate(commands, "_gordian_takes_files", takes_files) + kLogic;
}

}  // namespace gordian
