// golden.h - whole reports compared with files in tests/golden.
#pragma once

#include <string>

namespace gordian::test {

// Fails the test unless `text` is what tests/golden/`name` holds, and shows the first
// line that differs. With GORDIAN_UPDATE_GOLDEN=1 in the environment it writes the
// file instead: read the difference in git before it is committed.
void check_golden(const std::string& name, const std::string& text);

}  // namespace gordian::test
