// hostile_names.cpp - see hostile_names.h.
#include "hostile_names.h"

namespace gordian::test {

const std::map<std::string, std::string>& hostile_names() {
  static const std::map<std::string, std::string> kNames = {
      {"markup", "a<b>&\"'</c>&lt;&#60;"},
      {"control characters", std::string("a\0b\x01\x08\x0b\x7f\x85z", 9)},
      {"ANSI escapes", "\x1b[31mred\x1b]0;title\x07"},
      {"invalid UTF-8", "\xff\xfe\xc3(\xed\xa0\x80\xf4\x90\x80\x80"},
      {"noncharacters", "\xef\xbf\xbe\xef\xbf\xbf"},
      {"ends of CDATA and comments", "]]>--><!--<![CDATA["},
      {"ends of scripts", "</script></pre></noscript></style><img src=x onerror=alert(1)><!--<script>"},
      {"workflow commands", "\n::error file=a::b\r\n::add-mask::d%0A::error::e%25"},
      {"Markdown", "`a` ```b|c\\|d\\\\|e*f*_g_~~h~~[i](j)![k](l)#1 @m <details></details>"},
      {"line ends", "a\nb\r\nc\n\n# d\n\n```\n| e |\n"},
      {"placeholders", "{0} {lambda#1} %p %s $x$ [a](0)"},
      {"a template of 100 kB", "std::map<" + std::string(100'000, 'x') + ">"},
  };
  return kNames;
}

void add_findings_named(MadeUpReport& made_up, const std::string& name) {
  const auto file = [&] {
    Frame frame = MadeUpReport::frame(name, 7);
    frame.file = "/home/you/" + name.substr(0, 300) + ".cpp";
    return made_up.stack({frame});
  };
  for (const char* id : {"00000001", "00000002"}) {
    auto& cycle = made_up.cycle(id);
    made_up.object(cycle, name).stack = file();
    made_up.object(cycle, "Node<" + name + ">").stack = file();
    made_up.reference(cycle, 1, 2, name + "::next").type = name;
    made_up.reference(cycle, 2, 1, "Node::" + name).declared = {"/home/you/" + name.substr(0, 300), 3};
    made_up.cut(cycle, "Node::" + name, "make it std::weak_ptr<" + name + ">", "Because of " + name + ".");
    made_up.object(cycle, name, Role::retained);
    made_up.reference(cycle, 1, 3, name);
    cycle.structure = Structure{{{name, name, name, 5, {name, "Node::" + name}, 2}}, 1, {{name, 5, 1}}};
    cycle.tails = {{name, name, 2, 100}, {"Node::" + name, "", 1, 64}};
  }
  made_up.findings.findings.back().cuts.front().declared = {"/home/you/" + name.substr(0, 300), 3};
  auto& orphan = made_up.orphan("00000003");
  made_up.object(orphan, name, Role::orphan).stack = file();
  orphan.lost_holders = {{16, 8, name, file()}};
  auto& accepted = made_up.cycle("00000004");
  made_up.object(accepted, name).stack = file();
  made_up.reference(accepted, 1, 1, name + "::self");
  accepted.footprint.types = {name};
  accepted.accepted = {AcceptedBy::rule, "/home/you/" + name + ":3", "type:" + name, name, 0};
  made_up.findings.unused_rules = {"/home/you/" + name + ":4: type:" + name};
  made_up.notes = {"no debug info in " + name};
  made_up.source[7] = "  auto x = " + name + ";";
  made_up.snapshot.program = "/home/you/" + name.substr(0, 300);
  made_up.snapshot.arguments = {name};
}

}  // namespace gordian::test
