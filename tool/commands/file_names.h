// file_names.h - the files that a command line names, also by lists of names.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace gordian {

// Calls `handle` for each file in order. A word @LIST stands for the names in the file LIST, one a line; -
// and
// @- for those on standard input. Names may end with a NUL instead, as `find -print0` writes them. An empty
// name is passed over. A name of a list is a name, also where it begins with @. Throws Error where a list
// cannot be read, or standard input is named twice.
void for_each_file(const std::vector<std::string>& words,
                   const std::function<void(const std::string& file)>& handle);

}  // namespace gordian
