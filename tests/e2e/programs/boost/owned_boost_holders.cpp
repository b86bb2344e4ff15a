// owned_boost_holders.cpp - the same holders, reset or owned.
// gordian: silent
#include "holders.h"

template <typename Handle>
Handle g_kept;

int main() {
  for_each_holder([](auto made) {
    using Handle = decltype(made);
    keep(*made, made);
    keep(*made, Handle());
    keep(*made, Handle(new typename Handle::element_type));
    g_kept<Handle> = made;
    keep(*made, made);
  });
}
