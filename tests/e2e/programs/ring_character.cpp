// ring_character.cpp - a class by a character: brackets that open and close nothing.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Split<'<'>,Split<'('> members=Split<'<'>::next,Split<'('>::next
#include <memory>
#include <string>
#include <vector>

struct Part {
  virtual ~Part() = default;
};
template <char C>
struct Split : Part {
  std::vector<std::string> parts;
  std::shared_ptr<Part> next;
};

int main() {
  auto one = std::make_shared<Split<'<'>>();
  auto other = std::make_shared<Split<'('>>();
  one->next = other;
  other->next = one;
}
