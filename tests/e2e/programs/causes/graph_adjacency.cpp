// graph_adjacency.cpp - the stations of a network own each other along the tracks between them.
// gordian: exit 23
// gordian: prints 23 minutes, 23 minutes
// gordian: cycle proved objects=4 instances=2 of=Station members=Station::links cut=Link::to
// gordian: path Station::links[0].to
// gordian: says cut Link::to: make it std::weak_ptr<Station>.
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

struct Station;

struct Link {
#ifdef FIXED
  std::weak_ptr<Station> to;
  std::shared_ptr<Station> end() const { return to.lock(); }
#else
  std::shared_ptr<Station> to;
  std::shared_ptr<Station> end() const { return to; }
#endif
  int minutes;
};

struct Station {
  explicit Station(std::string name) : name(std::move(name)) {}
  std::string name;
  std::vector<Link> links;
};

class Network {
 public:
  void connect(const std::string& a, const std::string& b, int minutes) {
    station(a)->links.push_back({station(b), minutes});
    station(b)->links.push_back({station(a), minutes});
    busiest_ = station(b).get();
  }
  int minutes_of_all() const {
    int sum = 0;
    for (const auto& [name, station] : stations_) {
      for (const Link& link : station->links) sum += link.end()->name < name ? link.minutes : 0;
    }
    return sum;
  }

 private:
  const std::shared_ptr<Station>& station(const std::string& name) {
    auto& station = stations_[name];
    if (!station) station = std::make_shared<Station>(name);
    return station;
  }
  std::map<std::string, std::shared_ptr<Station>> stations_;
  const Station* busiest_ = nullptr;
};

Network tram() {
  Network network;
  network.connect("Harbour", "Market", 4);
  network.connect("Market", "Station", 7);
  network.connect("Station", "Harbour", 9);
  network.connect("Station", "Airport", 3);
  return network;
}

int main() {
  const Network weekday = tram(), sunday = tram();
  std::printf("%d minutes, %d minutes\n", weekday.minutes_of_all(), sunday.minutes_of_all());
}
