// holders.h - classes that keep a handle in a member of boost's.
#pragma once

#include <boost/any.hpp>
#include <boost/container/flat_map.hpp>
#include <boost/container/small_vector.hpp>
#include <boost/make_shared.hpp>
#include <boost/optional.hpp>
#include <boost/variant.hpp>
#include <memory>
#include <type_traits>

struct InOptional {
  boost::optional<std::shared_ptr<InOptional>> held;
};
struct InVariant {
  boost::variant<int, std::shared_ptr<InVariant>> held;
};
struct InAny {
  boost::any held;
};
struct InMap {
  boost::container::flat_map<int, std::shared_ptr<InMap>> held;
};
struct InVector {
  boost::container::small_vector<std::shared_ptr<InVector>, 2> held;
};
struct OfBoostInOptional {
  boost::optional<boost::shared_ptr<OfBoostInOptional>> held;
};
struct OfBoostInVariant {
  boost::variant<int, boost::shared_ptr<OfBoostInVariant>> held;
};

template <typename Holder, typename Handle>
void keep(Holder& holder, const Handle& handle) {
  holder.held = handle;
}
inline void keep(InMap& holder, const std::shared_ptr<InMap>& handle) { holder.held[1] = handle; }
inline void keep(InVector& holder, const std::shared_ptr<InVector>& handle) { holder.held.assign(1, handle); }

template <typename Use>
__attribute__((noinline)) void for_each_holder(Use use) {
  use(std::make_shared<InOptional>());
  use(std::make_shared<InVariant>());
  use(std::make_shared<InAny>());
  use(std::make_shared<InMap>());
  use(std::make_shared<InVector>());
  use(boost::make_shared<OfBoostInOptional>());
  use(boost::make_shared<OfBoostInVariant>());
}
