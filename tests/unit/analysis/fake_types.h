// fake_types.h - a TypeModel made by hand: types, their members, and which vtable means what.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "program/types/type_model.h"

namespace gordian::testing {

class FakeTypes : public TypeModel {
 public:
  // The type called `name`, made on first sight.
  TypeId type(const std::string& name) {
    const auto [at, is_new] = by_name_.try_emplace(name, static_cast<TypeId>(types_.size() + 1));
    if (is_new) types_.push_back({name, 0, {}, {}});
    return at->second;
  }
  void set_size(TypeId type, std::uint64_t bytes) { at(type).size = bytes; }
  void set_word(TypeId type, std::uint64_t offset, Word word) { at(type).words[offset] = std::move(word); }

  // Where the member that words call `member` ("Tree::kids") is declared.
  void declare(const std::string& member, const std::string& file, int line) {
    for (auto& type : types_) {
      for (auto& [offset, word] : type.words) {
        if (word.member != member) continue;
        word.file = file;
        word.line = line;
      }
    }
  }

  std::uint32_t add_control_vtable(ControlType control) {
    vtables_.push_back({std::move(control), TypeId::none, ""});
    return static_cast<std::uint32_t>(vtables_.size() - 1);
  }
  std::uint32_t add_dynamic_vtable(TypeId type, std::string name) {
    vtables_.push_back({{}, type, std::move(name)});
    return static_cast<std::uint32_t>(vtables_.size() - 1);
  }
  std::size_t vtable_count() const { return vtables_.size(); }

  // As for a stripped program: names of types from RTTI, and nothing else.
  void strip() { stripped_ = true; }

  void add_variable(Variable variable) { variables_.push_back(std::move(variable)); }
  std::optional<Variable> variable_at(std::uint64_t address) override {
    for (const Variable& variable : variables_) {
      if (address - variable.address < variable.size) return variable;
    }
    return std::nullopt;
  }

  ControlType control_type(std::uint32_t vtable) override {
    ControlType control = vtables_.at(vtable).control;
    if (stripped_) control.control = control.managed = TypeId::none;
    return control;
  }
  TypeId dynamic_type(std::uint32_t vtable) override {
    return stripped_ ? TypeId::none : vtables_.at(vtable).type;
  }
  TypeId erased_type(std::uint64_t code) override { return found_in(erased_, code); }
  TypeId operation_type(std::uint64_t) override { return TypeId::none; }
  TypeId thrown_type(std::uint64_t type_info) override { return found_in(thrown_, type_info); }
  TypeId coroutine_frame(std::uint64_t code) override { return found_in(coroutines_, code); }
  std::optional<std::uint64_t> count_offset(TypeId type, std::uint32_t) override { return at(type).count; }
  std::optional<std::uint64_t> count_offset(TypeId type) override { return at(type).count; }
  std::vector<CountedClass> counted_classes() override { return counted_classes_; }
  std::vector<TypeId> allocated_by(std::span<const std::uint64_t> stack) override {
    const auto found = stack.empty() ? makers_.end() : makers_.find(stack.front());
    return found == makers_.end() ? std::vector<TypeId>() : found->second;
  }
  TypeId announced_by(std::span<const std::uint64_t> stack) override {
    const auto types = allocated_by(stack);
    return types.empty() ? TypeId::none : types.front();
  }
  // What is made where that frame is the innermost is of `type`; of the one or the other when it was called before.
  void set_maker(std::uint64_t frame, TypeId type) { makers_[frame].push_back(type); }
  // Its objects count their handles at `offset`. `handled`: debug info has handles to it.
  void set_count(TypeId type, std::uint64_t offset, bool handled = true) {
    at(type).count = offset;
    if (handled) counted_classes_.push_back({type, 0, false});
  }
  // Handles to it count in a block apart.
  void set_counted_apart(TypeId type) { counted_classes_.push_back({type, 0, true}); }
  void set_erased(std::uint64_t code, TypeId type) { erased_[code] = type; }
  void set_thrown(std::uint64_t type_info, TypeId type) { thrown_[type_info] = type; }
  void set_coroutine(std::uint64_t code, TypeId frame) { coroutines_[code] = frame; }
  std::string dynamic_name(std::uint32_t vtable) override { return vtables_.at(vtable).name; }
  std::string name(TypeId type) override { return at(type).name; }
  bool has_part(TypeId type, std::uint64_t offset, TypeId part) override {
    return parts_.count({type, part, offset}) != 0;
  }
  std::optional<std::vector<TypeId>> having_part(TypeId part, std::uint64_t offset, std::uint64_t size) override {
    std::vector<TypeId> found;
    for (const auto& [whole, inner, place] : parts_) {
      if (inner == part && place == offset && at(whole).size == size) found.push_back(whole);
    }
    return found;
  }
  // `part` lies at `offset` in `type`.
  void set_part(TypeId type, TypeId part, std::uint64_t offset = 0) { parts_.insert({type, part, offset}); }
  std::uint64_t size(TypeId type) override { return type == TypeId::none ? 0 : at(type).size; }
  Word word_at(TypeId type, std::uint64_t offset) override {
    const auto found = at(type).words.find(offset);
    return found == at(type).words.end() ? Word{} : found->second;
  }

 private:
  std::vector<Variable> variables_;
  struct Type {
    std::string name;
    std::uint64_t size;
    std::map<std::uint64_t, Word> words;
    std::optional<std::uint64_t> count{};
  };
  struct Vtable {
    ControlType control;
    TypeId type;
    std::string name;
  };

  static TypeId found_in(const std::map<std::uint64_t, TypeId>& types, std::uint64_t key) {
    const auto found = types.find(key);
    return found == types.end() ? TypeId::none : found->second;
  }

  Type& at(TypeId type) { return types_.at(static_cast<std::uint32_t>(type) - 1); }

  std::map<std::string, TypeId> by_name_;
  std::map<std::uint64_t, TypeId> erased_, thrown_, coroutines_;  // by what an object points to
  std::vector<Type> types_;
  std::vector<Vtable> vtables_;
  std::vector<CountedClass> counted_classes_;
  std::map<std::uint64_t, std::vector<TypeId>> makers_;
  std::set<std::tuple<TypeId, TypeId, std::uint64_t>> parts_;  // whole, part, offset
  bool stripped_ = false;
};

}  // namespace gordian::testing
