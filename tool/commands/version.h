// version.h - what `gordian --version` prints.
#pragma once

#include <string>

namespace gordian {

// "gordian VERSION", and below it what somebody who reads a bug report asks next: the commit, what it reads,
// how it was built. The same sources, compiler and libraries give the same text: it holds no date, host or
// path.
std::string version_text();

}  // namespace gordian
