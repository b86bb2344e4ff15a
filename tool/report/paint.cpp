// paint.cpp - one ANSI sequence per ink.
#include "report/paint.h"

namespace gordian {
namespace {

const char* sequence(Ink ink) {
  switch (ink) {
    case Ink::headline:
      return "\x1b[1m";
    case Ink::type:
      return "\x1b[1;36m";
    case Ink::cut:
      return "\x1b[1;31m";
    case Ink::quiet:
      return "\x1b[2m";
    case Ink::note:
      return "\x1b[36m";
  }
  return "";
}

}  // namespace

std::string Paint::operator()(Ink ink, std::string_view text) const {
  if (!terminal_.colour || text.empty()) return std::string(text);
  return sequence(ink) + std::string(text) + "\x1b[0m";
}

}  // namespace gordian
