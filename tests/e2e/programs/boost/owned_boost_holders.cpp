// owned_boost_holders.cpp - the same holders, reset or owned.
// gordian: silent
#include "holders.h"

template <typename T>
std::shared_ptr<T> g_kept;

int main() {
  for_each_holder([](auto made) {
    using Holder = std::remove_reference_t<decltype(*made)>;
    keep(*made, made);
    keep(*made, std::shared_ptr<Holder>());
    keep(*made, std::make_shared<Holder>());
    g_kept<Holder> = made;
    keep(*made, made);
  });
}
