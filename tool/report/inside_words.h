// inside_words.h - what is told of a finding besides its objects and references: the inside of a large
// cycle, what hangs on which of its members, where a lost handle lies. Each is a phrase, without a line
// of its own: text and HTML say the same in different places.
//
// Names in these words have lost their control characters and are of bounded length (wording.h).
#pragma once

#include <string>

#include "analysis/findings.h"

namespace gordian {

// "it is held together by 7 members, most of all by:".
std::string structure_words(const Structure& structure);

// "999 references to Node".
std::string references_words(const ClosingMember& member);

// "shortest cycle Node::kids[] -> Node::parent", "the object itself"; "" when none was found in time.
std::string shortest_words(const ClosingMember& member);

// "one Root, held by 500 references, holds 1".
std::string hub_words(const Hub& hub);

// "3000 bytes in 12 objects".
std::string tail_words(const Tail& tail);

// "a heap block of 96 bytes that nothing points to", where the handle's own block hangs on such a one; else
// "".
std::string above_words(const LostHolder& holder);

// "the handle Job::owner 8 bytes into a heap block of 40 bytes that nothing points to"; what is said of the
// block ends with its size where above_words() says the rest.
std::string lost_words(const LostHolder& holder);

// Why a lost block has no allocation stack.
inline constexpr const char* kNoStackOfHolder =
    "whose allocation stack was not recorded: set block_stacks=1, or use gordian run";

// "1 of 3 strong references was found nowhere", of an orphan; "" when all were found.
std::string not_found_words(const Finding& finding);

}  // namespace gordian
