// restored_finding.cpp - json_report.cpp the other way round.
#include "compare/restored_finding.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/error.h"
#include "report/wording.h"

namespace gordian {
namespace {

using Json = nlohmann::ordered_json;

// A field that is there and not null.
const Json* field(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

template <typename T>
T value_or(const Json& object, const char* name, T standard) {
  const Json* const value = field(object, name);
  return value == nullptr ? standard : value->get<T>();
}

std::optional<std::string> text_or_none(const Json& object, const char* name) {
  const Json* const value = field(object, name);
  return value == nullptr ? std::nullopt : std::optional(value->get<std::string>());
}

std::uint64_t hex_number(const std::string& text) {
  std::uint64_t number = 0;
  if (text.starts_with("0x")) std::from_chars(text.data() + 2, text.data() + text.size(), number, 16);
  return number;
}

std::vector<Frame> frames_of(const Json& stack) {
  std::vector<Frame> frames;
  for (const Json& one : stack) {
    Frame frame;
    frame.function = text_or_none(one, "function");
    frame.file = text_or_none(one, "file");
    if (const Json* const line = field(one, "line")) frame.line = line->get<int>();
    frame.module = one["module"].get<std::string>();
    frame.offset = hex_number(one["offset"].get<std::string>());
    frame.inlined = value_or(one, "inlined", false);
    frames.push_back(std::move(frame));
  }
  return frames;
}

std::optional<SourcePosition> position_of(const Json& object, const char* name) {
  const Json* const position = field(object, name);
  if (position == nullptr) return std::nullopt;
  return SourcePosition{(*position)["file"].get<std::string>(), value_or(*position, "line", 0)};
}

Role role_of(const std::string& word) {
  return word == "cycle" ? Role::cycle : word == "retained" ? Role::retained : Role::orphan;
}

class Restorer {
 public:
  Restorer(const Json& json, const StackKeeper& keep_stack) : json_(json), keep_stack_(keep_stack) {}

  Finding finding() const;

 private:
  std::uint32_t stack(const Json& object, const char* name) const {
    const Json* const frames = field(object, name);
    return frames == nullptr || frames->empty() ? 0 : keep_stack_(frames_of(*frames));
  }
  FoundObject object(const Json& json) const;
  FoundReference reference(const Json& json) const;
  LostHolder lost_holder(const Json& json) const;
  void require_drawable(const Finding& finding) const;
  void restore_cuts(Finding& finding) const;
  void restore_numbers(Finding& finding) const;

  const Json& json_;
  const StackKeeper& keep_stack_;
};

FoundObject Restorer::object(const Json& json) const {
  FoundObject object;
  object.id = json["id"].get<std::uint32_t>();
  object.type = json["type"].get<std::string>();
  object.family = json["family"].get<std::string>();
  object.address = hex_number(value_or<std::string>(json, "address", ""));
  object.size = json["size"].get<std::uint64_t>();
  object.use_count = json["use_count"].get<std::uint32_t>();
  object.weak_count = json["weak_count"].get<std::uint32_t>();
  object.located_strong = value_or(json, "located_strong", std::uint32_t{0});
  object.role = role_of(json["role"].get<std::string>());
  object.stack = stack(json, "allocation");
  return object;
}

FoundReference Restorer::reference(const Json& json) const {
  FoundReference reference;
  reference.from = json["from"].get<std::uint32_t>();
  reference.to = json["to"].get<std::uint32_t>();
  reference.strength = json["strength"] == "strong" ? Strength::strong : Strength::weak;
  reference.member = text_or_none(json, "member");
  reference.declared = position_of(json, "declared");
  reference.field = text_or_none(json, "field");
  reference.path = json["path"].get<std::string>();
  reference.type = text_or_none(json, "type");
  reference.offset = value_or(json, "offset", std::uint64_t{0});
  reference.taken = stack(json, "taken");
  return reference;
}

LostHolder Restorer::lost_holder(const Json& json) const {
  LostHolder holder;
  holder.bytes = json["bytes"].get<std::uint64_t>();
  holder.offset = json["offset"].get<std::uint64_t>();
  holder.path = value_or<std::string>(json, "path", "");
  holder.stack = stack(json, "allocation");
  if (const Json* const above = field(json, "hangs_on"))
    holder.hangs_on = HangsOn{(*above)["bytes"].get<std::uint64_t>(), stack(*above, "allocation")};
  holder.references = value_or(json, "references", std::uint64_t{0});
  return holder;
}

// What every analysis gives, and whoever draws relies on.
void Restorer::require_drawable(const Finding& finding) const {
  constexpr std::size_t kMost = 1000;  // far more than a gordian shows: some formats hold each against each
  std::set<std::uint32_t> ids;
  bool own = false;
  bool sound = finding.objects.size() <= kMost && finding.references.size() <= kMost;
  for (const auto& object : finding.objects) {
    sound &= ids.insert(object.id).second;
    own |= object.role != Role::retained;
  }
  for (const auto& reference : finding.references)
    sound &= ids.contains(reference.from) && ids.contains(reference.to);
  if (sound && own) return;
  const Json* const seen_by = field(json_, "seen_by");
  const bool known = seen_by != nullptr && !seen_by->empty();
  throw Error((known ? printable((*seen_by)[0]["file"].get<std::string>()) + ": " : "") + "the objects of " +
              kind_word(finding.kind) + " " + printable(finding.id, 40) +
              " do not fit its references; gordian has not written them so");
}

Cut cut_of(const Json& json) {
  Cut cut;
  cut.member = text_or_none(json, "member");
  cut.declared = position_of(json, "declared");
  cut.path = json["path"].get<std::string>();
  cut.advice = json["advice"].get<std::string>();
  cut.reason = value_or<std::string>(json, "reason", "");
  cut.breaks_all = json["breaks_all"].get<bool>();
  cut.as_good = value_or(json, "as_good", false);
  if (const Json* const frees = field(json, "frees"))
    cut.frees = Freed{(*frees)["objects"].get<std::uint64_t>(), (*frees)["bytes"].get<std::uint64_t>()};
  return cut;
}

Tail tail_of(const Json& json) {
  return {json["path"].get<std::string>(), value_or<std::string>(json, "type", ""),
          json["objects"].get<std::uint64_t>(), json["bytes"].get<std::uint64_t>()};
}

Structure structure_of(const Json& json) {
  Structure structure;
  structure.members_in_all = json["members_in_all"].get<std::uint64_t>();
  for (const Json& one : json["members"]) {
    structure.members.push_back({one["path"].get<std::string>(), value_or<std::string>(one, "from_type", ""),
                                 value_or<std::string>(one, "to_type", ""),
                                 one["references"].get<std::uint64_t>(),
                                 one["shortest_cycle"].get<std::vector<std::string>>(),
                                 one["shortest_cycle_references"].get<std::uint64_t>()});
  }
  for (const Json& one : json["hubs"]) {
    structure.hubs.push_back({one["type"].get<std::string>(), one["held"].get<std::uint64_t>(),
                              one["holds"].get<std::uint64_t>()});
  }
  return structure;
}

std::optional<Acceptance> acceptance_of(const Json& json, std::uint64_t instances) {
  const auto by = text_or_none(json, "suppressed_by");
  if (!by) return std::nullopt;
  Acceptance acceptance;
  acceptance.reason = value_or<std::string>(json, "suppressed_why", "");
  acceptance.instances = instances;  // how many a baseline has is in no report
  const std::string kind = value_or<std::string>(json, "accepted_by", "");
  const std::size_t colon = by->find(": ");
  if (kind == "rule" && colon != std::string::npos) {
    acceptance.where = by->substr(0, colon);
    acceptance.rule = by->substr(colon + 2);
  } else if (kind == "program") {
    acceptance.by = AcceptedBy::program;
    acceptance.rule = *by;
  } else {
    acceptance.by = AcceptedBy::baseline;
    acceptance.where = *by;
  }
  return acceptance;
}

void Restorer::restore_cuts(Finding& finding) const {
  for (const Json& one : json_["cuts"]) {
    Cut cut = cut_of(one);
    // Without names, whose references a cut means is told by the object they lie in.
    const auto reference = std::find_if(finding.references.begin(), finding.references.end(),
                                        [&](const auto& r) { return r.path == cut.path; });
    if (reference != finding.references.end()) {
      const auto from = std::find_if(finding.objects.begin(), finding.objects.end(),
                                     [&](const auto& object) { return object.id == reference->from; });
      if (from != finding.objects.end()) cut.holder = from->type;
    }
    finding.cuts.push_back(std::move(cut));
  }
}

void Restorer::restore_numbers(Finding& finding) const {
  finding.instances = json_["instances"].get<std::uint64_t>();
  finding.cycle_objects = json_["cycle_objects"].get<std::uint64_t>();
  finding.fewest_objects = value_or(json_, "fewest_cycle_objects", finding.cycle_objects);
  finding.most_objects = value_or(json_, "most_cycle_objects", finding.cycle_objects);
  finding.retained_objects = json_["retained_objects"].get<std::uint64_t>();
  finding.bytes = json_["bytes"].get<std::uint64_t>();
  finding.omitted = value_or(json_, "omitted", std::uint64_t{0});
  const bool cycle = finding.kind == FindingKind::cycle;
  finding.own_objects = finding.instances * (cycle ? finding.cycle_objects : 1);
  finding.objects_held =
      finding.instances == 1 ? finding.own_objects + finding.retained_objects : kNotCounted;
}

Finding Restorer::finding() const {
  Finding finding;
  finding.id = json_["id"].get<std::string>();
  finding.kind = json_["kind"] == "cycle" ? FindingKind::cycle : FindingKind::orphan;
  finding.root = value_or(json_, "root", true);
  finding.held_by = value_or(json_, "held_by", std::vector<std::string>());
  finding.evidence = json_["evidence"] == "proved" ? Evidence::proved : Evidence::likely;
  restore_numbers(finding);
  for (const Json& one : json_["objects"]) finding.objects.push_back(object(one));
  for (const Json& one : json_["references"]) finding.references.push_back(reference(one));
  require_drawable(finding);
  restore_cuts(finding);
  if (const Json* const structure = field(json_, "structure")) finding.structure = structure_of(*structure);
  if (const Json* const tails = field(json_, "tails"))
    for (const Json& one : *tails) finding.tails.push_back(tail_of(one));
  if (const Json* const holders = field(json_, "lost_holders"))
    for (const Json& one : *holders) finding.lost_holders.push_back(lost_holder(one));
  finding.accepted = acceptance_of(json_, finding.instances);
  return finding;
}

}  // namespace

Finding restored_finding(const Json& json, const StackKeeper& keep_stack) {
  return Restorer(json, keep_stack).finding();
}

}  // namespace gordian
