// doctor_text.h - a diagnosis for people: the verdict, a table of the modules, what limits, and what to know.
#pragma once

#include <string>
#include <vector>

#include "doctor/diagnose.h"
#include "report/paint.h"

namespace gordian {

std::string doctor_text(const std::vector<ModuleFacts>& modules, const Diagnosis& diagnosis,
                        const Paint& paint);

}  // namespace gordian
