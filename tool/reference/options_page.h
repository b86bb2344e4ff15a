// options_page.h - docs/options.md: every option of the runtime and of each command, in tables.
#pragma once

#include <string>
#include <vector>

#include "reference/described_command.h"

namespace gordian {

// The whole page, as Markdown.
std::string options_page(const std::vector<DescribedCommand>& commands);

}  // namespace gordian
