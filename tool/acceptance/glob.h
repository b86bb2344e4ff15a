// glob.h - patterns for names.
#pragma once

#include <string_view>

namespace gordian {

enum class Wildcards { star_and_question_mark, star };

// Whether `pattern` stands for all of `text`: * for any characters, none among them, ? for one byte (or, with
// `star`, for itself), every other for itself. Not fnmatch(3): [] is part of a member's path here and / of no
// meaning, and a name of 100 kB must not take more than (its length) x (the pattern's length) steps.
bool glob_matches(std::string_view pattern, std::string_view text,
                  Wildcards wildcards = Wildcards::star_and_question_mark);

}  // namespace gordian
