// completion.h - what bash and zsh complete after `gordian`.
#pragma once

#include <string>
#include <vector>

#include "reference/described_command.h"

namespace gordian {

// A file of bash-completion's; it works without that package, too.
std::string bash_completion(const std::vector<DescribedCommand>& commands);

// A file _gordian for a folder of zsh's fpath.
std::string zsh_completion(const std::vector<DescribedCommand>& commands);

}  // namespace gordian
