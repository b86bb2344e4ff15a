// doctor_command.h - `gordian doctor PROGRAM`: what gordian will be able to say of it, before it is run.
#pragma once

#include <functional>

namespace gordian {

class Parser;

std::function<int()> declare_doctor_command(Parser& parser);

}  // namespace gordian
