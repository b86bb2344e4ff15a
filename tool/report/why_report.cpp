// why_report.cpp - the object, one part for each holder, and the cycles.
#include "report/why_report.h"

#include <filesystem>
#include <set>

#include "report/fit.h"
#include "report/text_allocation.h"
#include "report/text_finding.h"
#include "report/wording.h"

namespace gordian {
namespace {

using snapshot::Place;

class WhyText {
 public:
  explicit WhyText(const TextContext& context) : context_(context), allocations_(context, Numbered::no) {}

  std::string of(const Alive& alive) {
    text_.clear();
    std::string heading = object_words(alive.object);
    if (alive.counted) heading += "  use_count " + std::to_string(alive.object.use_count);
    line(0, context_.paint(Ink::type, heading));
    add_allocation(2, alive.object);
    if (!alive.cycle.empty()) name_cycle(2, "in cycle " + alive.cycle + ", which nobody owns", alive.cycle);
    for (const Holder& holder : alive.holders) add_holder(holder);
    if (alive.more != 0) line(2, "… and " + counted(alive.more, "more holder"));
    if (alive.not_found != 0) {
      line(2, counted(alive.not_found, "strong reference") + (alive.not_found == 1 ? " was" : " were") +
                  " not found: held in a register, by memory that is not searched, or lost");
    } else if (alive.holders.empty()) {
      line(2, "held by nobody that was found");
    }
    return std::move(text_);
  }

  // That were named so far.
  const std::set<std::string>& cycles() const { return cycles_; }

 private:
  void line(std::size_t indent, const std::string& words) {
    text_ += std::string(indent, ' ') + words + "\n";
  }

  static std::string object_words(const FoundObject& object) {
    return (object.type.empty() ? "memory" : printable(object.type)) + "  " + size_words(object.size);
  }

  void add_allocation(std::size_t indent, FoundObject object) {
    object.id = ++objects_;
    // Of plain memory it is recorded only where that was asked for.
    if (object.family.empty() && object.stack == 0) return;
    for (const std::string& words : allocations_.next(object)) line(indent, words);
  }

  void name_cycle(std::size_t indent, const std::string& words, const std::string& id) {
    line(indent, words);
    cycles_.insert(id);
  }

  void add_holder(const Holder& holder) {
    std::size_t indent = 2;
    for (std::size_t i = 0; i < holder.way.size(); ++i) {
      const Holding& holding = holder.way[i];
      if (holder.omitted != 0 && i + 2 == holder.way.size()) {
        line(indent, "… held by " + counted(holder.omitted, "more object") + ", one by the other");
      }
      const std::string what =
          holding.path.empty() ? root_words(holding) : context_.paint(Ink::cut, printable(holding.path));
      line(indent, (holding.certain ? "held by " : "perhaps held by ") + what);
      indent += 2;
      if (holding.root && !holding.path.empty()) line(indent, root_words(holding));
      if (!holding.object) continue;
      line(indent, "of " + object_words(*holding.object));
      add_allocation(indent + 2, *holding.object);
    }
    switch (holder.end) {
      case WayEnd::root:
        break;
      case WayEnd::owned:
        line(indent, "owned by something that has no name (a value of a pthread key, a fibre, a word that the kernel keeps for epoll or a timer)");
        break;
      case WayEnd::cycle:
        name_cycle(indent, "kept alive by cycle " + holder.cycle, holder.cycle);
        break;
      case WayEnd::itself:
        line(indent, "which it holds itself");
        break;
      case WayEnd::unknown:
        line(indent, "held by nobody that was found");
        break;
    }
  }

  std::string root_words(const Holding& holding) const {
    if (!holding.root) return "memory of which nothing is known";
    const RootBlock& root = *holding.root;
    switch (root.place) {
      case Place::static_data:
        return root.name.empty() ? "static data of " + module_words(root.address) : "a variable of static storage" + place_words(root);
      case Place::thread_local_data:
        return "thread-local data";
      case Place::stack:
        return root.function.empty() ? "the stack of a thread"
                                     : "a local variable of " + function_words(root.function) + place_words(root);
      case Place::user_root:
        return "memory given to gordian_add_root()";
      case Place::mapping:
        return "memory that the program got by mmap() or from an allocator that gordian does not see";
      case Place::registers:
        return "a register of a thread";
      case Place::block:
      case Place::owned_block:
        break;
    }
    return "memory of which nothing is known";
  }

  static std::string function_words(const std::string& name) {
    return printable(name) + (name.find('(') == std::string::npos ? "()" : "");
  }

  std::string place_words(const RootBlock& root) const {
    if (!root.declared) return "";
    const std::string words = ", " + shown_path(root.declared->file, context_.look.directory);
    return root.declared->line > 0 ? words + ":" + std::to_string(root.declared->line) : words;
  }

  std::string module_words(std::uint64_t address) const {
    for (const Module& module : context_.report.snapshot.modules) {
      if (module.low <= address && address < module.high)
        return printable(std::filesystem::path(module.path).filename().string());
    }
    return "a library";
  }

  const TextContext& context_;
  AllocationLines allocations_;
  std::string text_;
  std::uint32_t objects_ = 0;
  std::set<std::string> cycles_;
};

std::string nothing_words(const Question& question, const Report& report) {
  const std::string what = question.type.empty() ? "nothing" : "no object of type " + printable(question.type);
  if (report.snapshot.whole_heap) return what + " is alive" + (question.type.empty() ? " there" : "") + "\n";
  return what + " is among what may have leaked. Who owns the rest is known only in a snapshot of the whole heap " +
         "(GORDIAN_OPTIONS=snapshot=PATH:whole_heap=1)\n";
}

}  // namespace

std::string why_report(const Answer& answer, const Question& question, const Report& report,
                       const Look& look) {
  if (answer.objects.empty()) return nothing_words(question, report);
  const Paint paint(look.terminal);
  CallStacks stacks(report);
  const TextContext context{report, look, paint, stacks};
  WhyText why(context);
  std::string text;
  for (const Alive& alive : answer.objects) text += (text.empty() ? "" : "\n") + why.of(alive);
  if (answer.more != 0) text += "\n… and " + std::to_string(answer.more) + " more\n";
  for (const Finding& finding : report.findings.findings) {
    if (why.cycles().count(finding.id) != 0) text += "\n" + text_finding(finding, context);
  }
  return fitted(text, look.terminal.width);
}

}  // namespace gordian
