// ring_boost_holders.cpp - what owns an object in boost's optional, variant, any and containers: the member of the program's that
// is to hold a weak_ptr, and nothing of the library's.
// gordian: exit 23
// gordian: cycle proved objects=1 instances=1 of=InMap members=InMap::held cut=InMap::held
// gordian: cycle proved objects=1 instances=1 of=InAny members=InAny::held cut=InAny::held
// gordian: cycle likely objects=1 instances=1 of=InVector members=InVector::held cut=InVector::held
// gordian: cycle likely objects=1 instances=1 of=OfBoostInOptional members=OfBoostInOptional::held cut=OfBoostInOptional::held
// gordian: cycle likely objects=1 instances=1 of=OfBoostInVariant members=OfBoostInVariant::held cut=OfBoostInVariant::held
// gordian: cycle likely objects=1 instances=1 of=InOptional members=InOptional::held cut=InOptional::held
// gordian: cycle likely objects=1 instances=1 of=InVariant members=InVariant::held cut=InVariant::held
// gordian: says cut InOptional::held: hold std::weak_ptr<InOptional> in it
// gordian: says cut InVariant::held: hold std::weak_ptr<InVariant> in it
// gordian: says cut InAny::held: hold std::weak_ptr<InAny> in it
// gordian: says cut InMap::held: hold std::weak_ptr<InMap> in it
// gordian: says cut InVector::held: hold std::weak_ptr<InVector> in it
// gordian: says cut OfBoostInOptional::held: hold boost::weak_ptr<OfBoostInOptional> in it
// gordian: says cut OfBoostInVariant::held: hold boost::weak_ptr<OfBoostInVariant> in it
#include "holders.h"

int main() {
  for_each_holder([](auto made) { keep(*made, made); });
}
