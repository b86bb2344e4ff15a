// made_up_pages.cpp - writes HTML reports of programs that never ran, for the tests in a browser.
//
//   made_up_pages DIRECTORY
//
// many.html has ten thousand findings, all_parts.html everything that a page can show, clean.html nothing;
// tame.html and hostile-0.html and so on differ in their names only.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>

#include "hostile_names.h"
#include "made_up_report.h"
#include "report/html/html_report.h"

using namespace gordian;
using namespace gordian::test;

namespace {

void write(const std::filesystem::path& path, const MadeUpReport& made_up) {
  std::ofstream file(path, std::ios::binary);
  file.exceptions(std::ios::failbit | std::ios::badbit);
  file << html_report(made_up.report(), made_up.look);
}

// Types, sizes and places as a large program has them.
void add_many(MadeUpReport& made_up, std::size_t findings) {
  made_up.findings.findings.reserve(findings);
  for (std::size_t i = 0; i < findings; ++i) {
    auto& cycle = made_up.cycle(std::to_string(10'000'000 + i));
    const std::string type = "shop::Order" + std::to_string(i);
    const std::size_t objects = 2 + i % 4;
    for (std::size_t k = 0; k < objects; ++k) {
      auto& object = made_up.object(cycle, k == 0 ? type : "shop::Item" + std::to_string(k));
      const int line = 100 + static_cast<int>(i % 300);
      object.stack = i < 300
                         ? made_up.stack({made_up.frame("shop::make_order", line), made_up.frame("main", 20)})
                         : made_up.findings.findings[i - 300].objects[0].stack;
      object.size = 40 + 8 * (i * 7919 % 1000);
    }
    for (std::uint32_t k = 1; k <= objects; ++k) {
      const bool last = k == objects;
      made_up.reference(cycle, k, last ? 1 : k + 1, last ? "shop::Item::order" : type + "::items[0]");
    }
    made_up.cut(cycle, "shop::Item::order", "make it std::weak_ptr<" + type + ">", "It points back.");
    cycle.instances = 1 + i * 31 % 977;
    cycle.bytes = 1000 + i * 7919 % 100'000;
    cycle.evidence = i % 10 == 0 ? Evidence::likely : Evidence::proved;
    if (i % 1000 == 999)
      cycle.accepted = {AcceptedBy::rule, "own.suppressions:3", "type:" + type, "it is meant", 0};
  }
}

// The inside of a cycle of 40 objects, as it is told beside the drawing.
void add_inside(Finding& cycle) {
  const std::string handler = "net::Handler<net::Http>";
  Structure structure;
  structure.members = {
      {"net::Connection::session_",
       "net::Connection",
       "net::Session",
       39,
       {"net::Connection::session_", "net::Session::connection_"},
       2},
      {"net::Connection::handlers[]",
       "net::Connection",
       handler,
       12,
       {"net::Connection::handlers[]", handler + "::on_close -> captured self", "net::Session::connection_"},
       9},
      {handler + "::on_close -> captured self",
       handler,
       "",
       3,
       {handler + "::on_close -> captured self"},
       1}};
  structure.members_in_all = 7;
  structure.hubs = {{"net::Session", 39, 2}};
  cycle.structure = structure;
  cycle.tails = {{"net::Session::buffer_", "net::Buffer", 7, 20'480}, {"net::Session::name_", "", 0, 100}};
}

// A cycle longer than what is shown of it, with weak references, what it retains, long names and several
// cuts; an orphan; a cycle that no single member breaks.
void add_all_parts(MadeUpReport& made_up) {
  auto& cycle = made_up.cycle("0badcafe");
  const std::uint32_t stack = made_up.stack(
      {made_up.frame("net::Session::open(net::Endpoint const&)", 88), made_up.frame("net::Pool::grow()", 41),
       made_up.frame("net::Server::accept()", 120), made_up.frame("main", 12)});
  made_up.source = {{88, "  auto session = std::make_shared<Session>(endpoint);"},
                    {41, "    sessions_.push_back(Session::open(endpoint_));"},
                    {120, "  pool_.grow();"},
                    {12, "  server.accept();"},
                    {30, "  std::shared_ptr<Session> session_;"}};
  const std::string map = "std::map<std::string, std::vector<std::shared_ptr<net::Handler<net::Http>>>>";
  for (const std::string& type : {std::string("net::Session"), std::string("net::Connection"), map,
                                  std::string("net::Handler<net::Http>"), std::string("net::Timer")}) {
    made_up.object(cycle, type).stack = stack;
  }
  made_up.object(cycle, "net::Buffer", Role::retained).stack = stack;
  made_up.object(cycle, "std::vector<unsigned char>", Role::retained).stack = 0;
  const char* const paths[] = {"net::Session::connection_", "net::Connection::handlers",
                               "net::Routes::by_name[key][0]",
                               "net::Handler<net::Http>::on_close -> captured self"};
  for (std::uint32_t i = 1; i <= 4; ++i) made_up.reference(cycle, i, i + 1, paths[i - 1]).taken = stack;
  made_up.reference(cycle, 2, 1, "net::Connection::session_").declared = {"/home/you/net.h", 30};
  made_up.reference(cycle, 4, 1, "net::Handler<net::Http>::seen_").strength = Strength::weak;
  made_up.reference(cycle, 1, 6, "net::Session::buffer_");
  made_up.reference(cycle, 6, 7, "net::Buffer::bytes_");
  cycle.cycle_objects = cycle.most_objects = 40;
  cycle.retained_objects = 9;
  cycle.omitted = 42;
  cycle.instances = 1703;
  cycle.root = false;
  cycle.held_by = {"00000003", "5ee4e44e"};
  add_inside(cycle);
  made_up
      .cut(cycle, "net::Connection::session_", "make it std::weak_ptr<net::Session>",
           "It points back to the object allocated first; without it all 40 are freed.")
      .declared = {"/home/you/net.h", 30};
  made_up.cut(cycle, "net::Session::connection_", "hold a plain net::Connection* in it", "").breaks_all =
      false;
  auto& orphan = made_up.orphan("0rphan00");
  auto& lost = made_up.object(orphan, "net::Lost", Role::orphan);
  lost.stack = stack;
  lost.use_count = 3;
  orphan.lost_holders = {{40, 8, "net::Job::owner_", stack}, {16, 0, "", 0}, {16, 0, "", 0, HangsOn{96, stack}, 2}};
  auto& knot = made_up.cycle("00000003");
  made_up.object(knot, "Knot").stack = stack;
  made_up.reference(knot, 1, 1, "Knot::left");
  made_up.reference(knot, 1, 1, "Knot::right");
  made_up.notes = {"no debug info in libssl.so.3", "1 thread could not be paused"};
}

void write_pages(const std::filesystem::path& directory) {
  MadeUpReport many;
  add_many(many, 10'000);
  write(directory / "many.html", many);
  MadeUpReport all_parts;
  add_all_parts(all_parts);
  write(directory / "all_parts.html", all_parts);
  write(directory / "clean.html", MadeUpReport());
  MadeUpReport tame;
  add_findings_named(tame, "Tree");
  write(directory / "tame.html", tame);
  int number = 0;
  for (const auto& [kind, name] : hostile_names()) {
    MadeUpReport hostile;
    add_findings_named(hostile, name);
    write(directory / ("hostile-" + std::to_string(number++) + ".html"), hostile);
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  try {
    std::filesystem::create_directories(arguments[1]);
    write_pages(arguments[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "made_up_pages: %s\n", error.what());
    return 1;
  }
}
