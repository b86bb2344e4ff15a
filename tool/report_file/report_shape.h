// report_shape.h - report.schema.json as a table: what gordian reads of a report.
#pragma once

#include "report_file/json_shape.h"

namespace gordian {

extern const JsonShape kReportShape;

}  // namespace gordian
