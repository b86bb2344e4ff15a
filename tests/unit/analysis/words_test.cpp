// words_test.cpp - words are asked for once, and named without their indexes.
#include "analysis/words.h"

#include "catch.h"
#include "fake_types.h"

namespace gordian {
namespace {

TEST_CASE("indexes are left out of a path, and nothing else is") {
  CHECK(without_indexes("") == "");
  CHECK(without_indexes("Tree::kids[1]") == "Tree::kids[]");
  CHECK(without_indexes("Tree::grid[1][23].edge") == "Tree::grid[][].edge");
  CHECK(without_indexes("Env::vars[\"fib\"]") == "Env::vars[\"fib\"]");
  CHECK(without_indexes("T1::m2[") == "T1::m2[");
}

TEST_CASE("a word that the model does not know is called by its offset") {
  testing::FakeTypes types;
  const TypeId tree = types.type("Tree");
  WordTable words(types);
  CHECK_FALSE(WordTable::known(words.typed(tree, 24)));
  CHECK(words.typed(tree, 24) == WordTable::untyped(24));
  CHECK(words.typed(tree, 24) != words.typed(tree, 32));
}

TEST_CASE("a word known to be no handle goes by its offset, a handle that is a whole type by nothing") {
  testing::FakeTypes types;
  const TypeId handle = types.type("std::shared_ptr<Tree>");
  types.set_word(handle, 0, {WordKind::not_a_slot, "", "", "", {}, 0, "", 0});
  types.set_word(handle, 8, {WordKind::strong_handle, "", "", "std::shared_ptr<Tree>", {}, 0, "", 0});
  types.set_word(handle, 16, {WordKind::not_a_slot, "", "", "", {}, 0, "", 0});
  WordTable words(types);
  CHECK(words.nameless(words.typed(handle, 0)));
  CHECK_FALSE(words.nameless(words.typed(handle, 8)));
  CHECK(words.shape_hash(words.typed(handle, 0)) != words.shape_hash(words.typed(handle, 16)));
}

TEST_CASE("elements of one member have one shape") {
  testing::FakeTypes types;
  const TypeId tree = types.type("Tree");
  types.set_word(
      tree, 8,
      {WordKind::strong_handle, "Tree::kids", "Tree::kids[0]", "std::shared_ptr<Tree>", {}, 0, "", 0});
  types.set_word(
      tree, 24,
      {WordKind::strong_handle, "Tree::kids", "Tree::kids[1]", "std::shared_ptr<Tree>", {}, 0, "", 0});
  WordTable words(types);
  CHECK(words.typed(tree, 8) != words.typed(tree, 24));
  CHECK(words.shape(words.typed(tree, 24)) == "Tree::kids[]");
  CHECK(words.shape_hash(words.typed(tree, 8)) == words.shape_hash(words.typed(tree, 24)));
}

TEST_CASE("the hashes that ids are made of never change") {
  CHECK(stable_hash("") == 0xcbf29ce484222325u);
  CHECK(stable_hash("Tree::kids[]") == 0xcd945e443e2276a8u);
  CHECK(mix(1, 2) != mix(2, 1));
}

TEST_CASE("the name of a unique_ptr tells an array, and a deleter of its own") {
  const auto told = [](const char* type) {
    const auto owner = unique_ptr_of(type);
    return owner ? std::optional(std::pair(owner->array, owner->own_deleter)) : std::nullopt;
  };
  CHECK(told("std::unique_ptr<File>") == std::pair(false, false));
  CHECK(told("std::unique_ptr<File[]>") == std::pair(true, false));
  CHECK(told("std::unique_ptr<File, Closer>") == std::pair(false, true));
  CHECK(told("std::unique_ptr<File[], Closer>") == std::pair(true, true));
  CHECK(told("std::unique_ptr<std::map<int, Box<int[]>>>") == std::pair(false, false));
  CHECK(told("std::unique_ptr<std::map<int, File>[]>") == std::pair(true, false));
  CHECK(told("std::unique_ptr<File, void (*)(File*, int)>") == std::pair(false, true));
  CHECK_FALSE(told("File*"));
  CHECK_FALSE(told("std::shared_ptr<File>"));
  CHECK(told("std::unique_ptr<"));
}

}  // namespace
}  // namespace gordian
