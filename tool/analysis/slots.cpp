// slots.cpp - the rules of evidence: which words are strong handles.
//
// The user's problem: memory is full of words that hold a control block's address and own
// nothing: weak handles, a vector's spare capacity, what a dead stack frame left behind.
// Taking one for an owner hides a leak; taking an owner for one of those is a false alarm.
//
// Each word first gets what evidence there is of itself:
//   strong   logged as strong, or a strong handle by its type;
//   doubted  likewise, but in what only raw pointers lead to (alive.h), where it may have been destroyed, and its memory kept: popped off
//            a vector of the program's own, put back into a free list; or in a future's result, which may have got an exception that we do not see;
//   weak     logged as weak, or a weak handle by its type;
//   dead     in a vector's spare capacity (without debug info: behind what three pointers like a
//            vector's call the end), in the storage of an object that has expired,
//            where its type says that no handle can be (an object's own type; behind a raw
//            pointer a type is too much of a guess for that), or that a handle may be
//            where the log says that one has ended;
//   claimed  a handle by its type, which cannot say whether it is alive: one alternative of a
//            union, what an optional holds, a local of a suspended coroutine. What was
//            reset keeps its bits;
//   guessed  behind the first value that a raw pointer leads to (Region::names_from): strong or weak by its type,
//            which may be another's;
//   unknown  everything else, and every word in roots and in owned memory but logged ones.
// Where log and type disagree the log is right: the shim was there, and the word still
// holds the address.
//
// Then the counts speak, object by object. U strong and W weak handles must exist; S and K
// are known to be strong and weak, D are doubted, N words are unknown, claimed and guessed ones among them.
//   U == 0        expired: an unknown word can be weak at most.
//   S > U         inconsistent.
//   S == U        all known: an unknown or doubted word can be weak at most, and not even that if K == W.
//   S + D > U     undecided, some are stale.
//   S + D == U    all known likewise, where there are no more words than handles. Else undecided: any of these may be the stale one.
//                 From here on the doubted ones are among the S: there must be a handle for each.
//   S + G > U     for guessed strong ones G, or K + G > W for weak ones: undecided, they contradict the counts.
//   S + N < U     missing: an unseen owner (a register, a pointer packed into bits).
//   K == W        if S + N == U: by counting, every unknown word is strong; by claim when one
//                 of them is claimed.
//                 If more: undecided, some are stale.
//   K < W         by guess if the weak ones that are guessed are as many as are missing, and the other unknown words as many as strong ones.
//                 Else if S + N + K == U + W: in the open. Every word is a handle; each unknown one
//                 may be strong, and none can be an owner that we have not seen. Those in the
//                 object's own block are taken for the missing weak ones as far as these go:
//                 enable_shared_from_this puts one there, and hardly anybody a strong one.
//                 If more or fewer: undecided.
//   K > W         undecided: the weak count and what we know of it disagree.
// By counting finds cycles; a cycle is proved only where all is known, for a word without a type may be
// stale, too (of a lost reference, in a block that nobody reaches, counting is proof enough). By claim
// is less: the word may be left over from a reset optional while
// the owner is in disguise, and then it is as alone as a live one. It can only be told apart
// where the value that came next has overwritten the handle's first half: a claimed word behind one that
// does not point at the object is likely stale, and what would rest on it is undecided.
// An object that counts its handles itself has no weak ones, but any pointer to it has the looks of a
// handle. So counting proves nothing there: S == U, or it is missing or undecided,
// or by claim when all words beside the known ones are claimed (or guessed).
//
// Doubt means "owned", and it is ownership.cpp that says so: an object that is missing an
// owner, undecided or inconsistent counts as held by an unknown owner, and an unknown word
// in owned memory holds what it may hold.
//
// What it misses: a counted strong handle that lies nowhere, together with as many stale
// words, passes by counting, and is reported as likely. It takes untyped memory and an optimiser's luck.
#include "analysis/slots.h"

#include "analysis/alive.h"
#include "analysis/containers.h"

namespace gordian {
namespace {

using snapshot::kNone;
using snapshot::Place;
using snapshot::SlotLog;

enum class WordEvidence : std::uint8_t { unknown, claimed, guessed_strong, guessed_weak, strong, doubted, weak, dead };

bool is_open(WordEvidence evidence) {
  return evidence <= WordEvidence::guessed_weak;
}

bool in_expired_storage(const HeapIndex& index, std::uint32_t block) {
  const std::uint32_t object = index.block(block).object;
  return object != kNone && index.expired(object) && index.in_place(object) &&
         index.object(object).control_block == block;
}

// Whether the log says that a handle has ended there, of such as may hold the object now. Without the shim
// only a handle that the program announces is logged, and none of a shared_ptr is: the log is of what was
// there before.
bool has_ended(const HeapIndex& index, const snapshot::SlotRow& slot) {
  if (slot.log != SlotLog::dropped) return false;
  const bool announced = (index.object(slot.object).flags & snapshot::kObjectAnnounced) != 0;
  return index.snapshot().shim || announced || index.counts_itself(slot.object);
}

// What a word is by a type that may be another's.
WordEvidence evidence_of_name(const Word& word) {
  if (word.may_be_dead || word.may_be_unmade) return WordEvidence::unknown;
  if (word.kind == WordKind::strong_handle || word.kind == WordKind::counted_handle) return WordEvidence::guessed_strong;
  return word.kind == WordKind::weak_handle ? WordEvidence::guessed_weak : WordEvidence::unknown;
}

// Whether what the word is by its type is there.
enum class Presence : std::uint8_t { never, maybe, doubted, sure };

Presence presence_of(const Region& region, const Word& word, Life life, Making making) {
  if (word.may_be_unmade && making == Making::unmade) return Presence::never;
  if (region.may_be_dead || word.may_be_dead || (word.may_be_unmade && making == Making::unknown)) return Presence::maybe;
  return life == Life::alive && !word.may_be_unmade ? Presence::sure : Presence::doubted;
}

WordEvidence evidence_of_type(const HeapIndex& index, const Typing& typing, const Lives& lives, std::uint32_t row) {
  const auto& slot = index.slot(row);
  const Region& region = typing.regions[slot.block];
  if (is_dead_room(region, index.block(slot.block), slot.address)) return WordEvidence::dead;
  const WordId id = typing.slot_words[row];
  if (!WordTable::known(id)) return WordEvidence::unknown;
  const Word& word = typing.words.word(id);
  if (has_name_only(region, index.block(slot.block), slot.address)) return evidence_of_name(word);
  const Presence presence = presence_of(region, word, lives.lives[slot.block], lives.makings[slot.block]);
  if (presence == Presence::never) return WordEvidence::dead;
  const bool maybe = presence == Presence::maybe;
  switch (word.kind) {
    case WordKind::strong_handle:
    case WordKind::counted_handle:
      if (maybe) return has_ended(index, slot) ? WordEvidence::dead : WordEvidence::claimed;
      return presence == Presence::sure ? WordEvidence::strong : WordEvidence::doubted;
    case WordKind::weak_handle:
      return maybe ? WordEvidence::claimed : WordEvidence::weak;
    case WordKind::unknown:
    case WordKind::erased:
      return word.may_be_dead || word.may_be_unmade ? WordEvidence::claimed : WordEvidence::unknown;
    case WordKind::not_a_slot:
    case WordKind::vector_begin:
    case WordKind::deque_begin:
    case WordKind::buffers_begin:
    case WordKind::link:
    case WordKind::link_array:
    case WordKind::pointer:
      break;
  }
  return region.certain && !maybe ? WordEvidence::dead : WordEvidence::unknown;
}

WordEvidence evidence_of_word(const HeapIndex& index, const Typing& typing, const Lives& lives, std::uint32_t row) {
  const auto& slot = index.slot(row);
  if (slot.log == SlotLog::weak) return WordEvidence::weak;
  if (slot.log == SlotLog::strong) return WordEvidence::strong;
  if (slot.place != Place::block || slot.block == kNone) return WordEvidence::unknown;
  if (in_expired_storage(index, slot.block)) return WordEvidence::dead;
  return evidence_of_type(index, typing, lives, row);
}

// A handle by its type, whose first half does not point at the object: an alias, or overwritten.
bool is_overwritten(const HeapIndex& index, const Typing& typing, std::uint32_t row) {
  const auto& slot = index.slot(row);
  const WordKind kind = typing.words.word(typing.slot_words[row]).kind;
  if (kind != WordKind::strong_handle && kind != WordKind::weak_handle) return false;
  const auto& object = index.object(slot.object);
  const auto value = pointer_at(index, slot.block, slot.address - 8);
  if (!value) return true;
  const std::uint32_t block = index.block_holding(*value);
  const bool in_own = block != kNone && (block == object.control_block || block == object.managed_block);
  return !in_own && *value != object.managed;
}

struct Tally {
  std::uint64_t strong_count = 0, weak_count = 0;               // U, W
  std::uint64_t known_strong = 0, known_weak = 0, unknown = 0;  // S, K, N
  std::uint64_t doubted = 0;                                    // among the strong
  std::uint64_t claimed = 0, overwritten = 0;                   // among the unknown
  std::uint64_t guessed_strong = 0, guessed_weak = 0;           // likewise
  bool any_pointer = false;  // words may be pointers that are no handles: the object counts its own

  void add(const HeapIndex& index, const Typing& typing, std::uint32_t row, WordEvidence evidence) {
    known_strong += evidence == WordEvidence::strong || evidence == WordEvidence::doubted;
    doubted += evidence == WordEvidence::doubted;
    known_weak += evidence == WordEvidence::weak;
    unknown += is_open(evidence);
    guessed_strong += evidence == WordEvidence::guessed_strong;
    guessed_weak += evidence == WordEvidence::guessed_weak;
    claimed += evidence == WordEvidence::claimed;
    overwritten += evidence == WordEvidence::claimed && is_overwritten(index, typing, row);
  }
};

CountVerdict verdict_of(const Tally& t) {
  if (t.known_strong - t.doubted > t.strong_count) return CountVerdict::inconsistent;
  if (t.strong_count == 0) return CountVerdict::expired;
  if (t.known_strong - t.doubted == t.strong_count) return CountVerdict::all_known;
  if (t.known_strong > t.strong_count) return CountVerdict::undecided;
  if (t.known_strong == t.strong_count) {
    const bool more_words = t.known_strong + t.unknown + t.known_weak > t.strong_count + t.weak_count;
    return more_words ? CountVerdict::undecided : CountVerdict::all_known;
  }
  if (t.known_strong + t.unknown < t.strong_count) return CountVerdict::missing;
  if (t.any_pointer && t.claimed + t.guessed_strong != t.unknown) return CountVerdict::undecided;
  if (t.overwritten != 0 || t.known_weak + t.guessed_weak > t.weak_count || t.known_strong + t.guessed_strong > t.strong_count)
    return CountVerdict::undecided;
  if (t.known_weak == t.weak_count) {
    if (t.known_strong + t.unknown != t.strong_count) return CountVerdict::undecided;
    return t.claimed == 0 ? CountVerdict::by_counting : CountVerdict::by_claim;
  }
  const bool as_guessed = t.claimed == 0 && t.known_weak + t.guessed_weak == t.weak_count &&
                          t.known_strong + t.unknown - t.guessed_weak == t.strong_count;
  if (as_guessed) return CountVerdict::by_guess;
  const bool every_word_is_one = t.known_strong + t.unknown + t.known_weak == t.strong_count + t.weak_count;
  return t.known_weak < t.weak_count && every_word_is_one ? CountVerdict::in_the_open
                                                          : CountVerdict::undecided;
}

// What an unknown word of an object with this verdict counts as.
SlotMeaning unknown_word_means(CountVerdict verdict, bool weak_known) {
  switch (verdict) {
    case CountVerdict::expired:
    case CountVerdict::all_known:
      return weak_known ? SlotMeaning::dead : SlotMeaning::maybe_weak;
    case CountVerdict::by_counting:
    case CountVerdict::by_claim:
    case CountVerdict::by_guess:  // but for those that are weak by guess
      return SlotMeaning::strong;
    case CountVerdict::in_the_open:
    case CountVerdict::missing:
    case CountVerdict::undecided:
    case CountVerdict::inconsistent:
      break;
  }
  return SlotMeaning::maybe_strong;
}

bool lies_in_itself(const HeapIndex& index, std::uint32_t row) {
  const auto& slot = index.slot(row);
  return slot.place == Place::block && slot.block != kNone && index.block(slot.block).object == slot.object;
}

// What a doubted word means: a strong handle where there must be one for each of them.
SlotMeaning doubted_word_means(const Tally& t, CountVerdict verdict, SlotMeaning of_unknown) {
  const bool open = verdict == CountVerdict::undecided || verdict == CountVerdict::inconsistent;
  return open || t.known_strong > t.strong_count ? of_unknown : SlotMeaning::strong;
}

SlotMeaning meaning(WordEvidence evidence, CountVerdict verdict, SlotMeaning of_doubted, SlotMeaning of_unknown) {
  switch (evidence) {
    case WordEvidence::doubted:
      return of_doubted;
    case WordEvidence::strong:
      return SlotMeaning::strong;
    case WordEvidence::weak:
      return SlotMeaning::weak;
    case WordEvidence::dead:
      return SlotMeaning::dead;
    case WordEvidence::guessed_weak:
      if (verdict == CountVerdict::by_guess) return SlotMeaning::weak;
      break;
    case WordEvidence::guessed_strong:
    case WordEvidence::unknown:
    case WordEvidence::claimed:
      break;
  }
  return of_unknown;
}

}  // namespace

SlotVerdicts judge_slots(const HeapIndex& index, const Typing& typing) {
  SlotVerdicts result;
  result.meanings.assign(index.slot_count(), SlotMeaning::dead);
  result.objects.resize(index.object_count());
  const Lives lives = find_alive(index, typing);
  std::vector<WordEvidence> evidence;
  for (std::uint32_t o = 0; o < index.object_count(); ++o) {
    const auto& object = index.object(o);
    Tally tally{.strong_count = object.use_count, .weak_count = object.weak_count};
    tally.any_pointer = index.counts_itself(o);
    evidence.clear();
    for (std::uint32_t i = 0; i < object.slot_count; ++i) {
      const std::uint32_t row = object.first_slot + i;
      evidence.push_back(evidence_of_word(index, typing, lives, row));
      tally.add(index, typing, row, evidence.back());
    }
    ObjectCount& count = result.objects[o];
    count.verdict = verdict_of(tally);
    count.weak_known = tally.known_weak == tally.weak_count;
    const SlotMeaning of_unknown = unknown_word_means(count.verdict, count.weak_known);
    const SlotMeaning of_doubted = doubted_word_means(tally, count.verdict, of_unknown);
    std::uint64_t own_weak =
        count.verdict == CountVerdict::in_the_open ? tally.weak_count - tally.known_weak : 0;
    for (std::uint32_t i = 0; i < object.slot_count; ++i) {
      const std::uint32_t row = object.first_slot + i;
      SlotMeaning& m = result.meanings[row] = meaning(evidence[i], count.verdict, of_doubted, of_unknown);
      if (own_weak != 0 && is_open(evidence[i]) && lies_in_itself(index, row)) {
        m = SlotMeaning::maybe_weak;
        --own_weak;
      }
      if (m != SlotMeaning::strong && m != SlotMeaning::maybe_strong) continue;
      count.possible_slots = true;
      count.located_strong += m == SlotMeaning::strong;
    }
  }
  return result;
}

}  // namespace gordian
