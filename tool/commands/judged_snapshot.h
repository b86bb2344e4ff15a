// judged_snapshot.h - a snapshot, read and judged: all that a report is made of.
#pragma once

#include <string>

#include "analysis/findings.h"
#include "analysis/why.h"
#include "commands/user_files.h"
#include "commands/verdict.h"
#include "program/program.h"
#include "report/report.h"
#include "snapshot/snapshot.h"

namespace gordian {

class JudgedSnapshot {
 public:
  // Reads the snapshot at `path` and the user's files, and judges. Throws Error where one of them is damaged
  // or cannot be read.
  JudgedSnapshot(const std::string& path, const UserFiles& files);
  JudgedSnapshot(const JudgedSnapshot&) = delete;
  JudgedSnapshot& operator=(const JudgedSnapshot&) = delete;

  const Findings& findings() const { return findings_; }
  // Notes what is new since the check that has left the file at `path`; returns what it is to hold for the
  // next (compare/earlier.h).
  std::string compare_with_earlier(const std::string& path);
  // Refers to this object.
  Report report(FailOn fail_on = FailOn::cycles);
  // Who holds what is asked about.
  Answer why(const Question& question);

 private:
  std::vector<std::string> notes();
  void require_right_families();
  void accept_findings(const UserFiles& files);

  Snapshot snapshot_;
  Families families_;
  Program program_;
  Findings findings_;
  CodeNames code_;
};

}  // namespace gordian
