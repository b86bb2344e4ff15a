// wording_test.cpp - words for a person.
#include "report/wording.h"

#include "catch.h"

using namespace gordian;

TEST_CASE("one thing has no plural, nothing and many have one") {
  CHECK(counted(0, "object") == "0 objects");
  CHECK(counted(1, "object") == "1 object");
  CHECK(counted(2, "object") == "2 objects");
}

TEST_CASE("sizes are exact below 10 kB and short above") {
  CHECK(size_words(1) == "1 byte");
  CHECK(size_words(9999) == "9999 bytes");
  CHECK(size_words(10'000) == "10.0 kB");
  CHECK(size_words(12'345) == "12.3 kB");
  CHECK(size_words(999'499) == "999 kB");
  CHECK(size_words(999'500) == "1.0 MB");
  CHECK(size_words(4'500'000) == "4.5 MB");
  CHECK(size_words(UINT64_MAX) == "18.4 EB");
}

TEST_CASE("text for a terminal has no control characters and no broken UTF-8") {
  CHECK(printable("Tree<int>") == "Tree<int>");
  CHECK(printable("Größe·循環") == "Größe·循環");
  CHECK(printable("a\x1b[31mb\n") == "a\\x1b[31mb\\x0a");
  CHECK(printable("tab\there") == "tab here");
  CHECK(printable("\x7f") == "\\x7f");
  CHECK(printable("\xc2\x9b"
                  "1m") == "\\x9b1m");
  CHECK(printable("a\xff"
                  "b") == "a\uFFFDb");
  CHECK(printable("\xe2\x82") == "\uFFFD\uFFFD");
  CHECK(printable("\xed\xa0\x80") == "\uFFFD\uFFFD\uFFFD");
  CHECK(printable("\xc0\xaf") == "\uFFFD\uFFFD");
}

TEST_CASE("long text loses its middle, and says so") {
  const std::string name = "std::map<" + std::string(100'000, 'x') + ">::node";
  const std::string shown = printable(name, 30);
  CHECK(shown == "std::map<xxxxxxxxxxx…xx>::node");
  CHECK(printable("123456", 6) == "123456");
  CHECK(printable("1234567", 6) == "1234…7");
}

TEST_CASE("the ends of a text are the same, however much is between, and wherever that is cut") {
  for (const std::string filler : {"x", "é", "€", "😀", "\x80", "\xe2", "\xf0\x9f", "\n"}) {
    for (const std::string tail : {"", "y", "yé", "y€é", "\x80", "\xe2\x82"}) {
      std::string few = "Größe·", many = few;
      for (int i = 0; i < 40; ++i) few += filler;
      for (int i = 0; i < 4000; ++i) many += filler;
      CHECK(printable(many + tail, 12) == printable(few + tail, 12));
    }
  }
}

TEST_CASE("a path is relative only below the directory") {
  CHECK(shown_path("/home/you/src/a.cpp", "/home/you") == "src/a.cpp");
  CHECK(shown_path("/home/yours/a.cpp", "/home/you") == "/home/yours/a.cpp");
  CHECK(shown_path("/usr/include/a.h", "/home/you") == "/usr/include/a.h");
  CHECK(shown_path("a.cpp", "/home/you") == "a.cpp");
  CHECK(shown_path("/a.cpp", "/") == "a.cpp");
  CHECK(shown_path("/a.cpp", "") == "/a.cpp");
}

TEST_CASE("a frame is told by the best that is known of it") {
  Frame frame;
  frame.module = "/usr/lib/libshapes.so";
  frame.offset = 0x12ab;
  CHECK(place_words(frame, "/src") == "at libshapes.so+0x12ab");
  frame.function = "make_graph";
  CHECK(place_words(frame, "/src") == "in make_graph() of libshapes.so");
  frame.function = "make_graph(int)";
  frame.file = "/src/graph.cpp";
  CHECK(place_words(frame, "/src") == "in make_graph(int) at graph.cpp");
  frame.line = 21;
  CHECK(place_words(frame, "/src") == "in make_graph(int) at graph.cpp:21");
  frame.function.reset();
  CHECK(place_words(frame, "/src") == "at graph.cpp:21");
  Frame nowhere;
  nowhere.offset = 0x10;
  CHECK(place_words(nowhere, "/src") == "at 0x10");
}
