// observer_and_subject.cpp - a stock owns those that watch it, and nobody else does; each of them owns the stock.
// gordian: exit 23
// gordian: prints ACME 12.50, 1 alarm
// gordian: prints INIT 7.25, 0 alarms
// gordian: cycle proved objects=3 instances=2 retained=1 of=Stock,PriceLabel,Alarm members=Stock::observers_,StockObserver::subject cut=StockObserver::subject
// gordian: says cut StockObserver::subject: make it std::weak_ptr<Stock>.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

class Stock;

class StockObserver {
 public:
  explicit StockObserver(std::shared_ptr<Stock> stock) : subject(std::move(stock)) {}
  virtual ~StockObserver() = default;
  virtual void update() = 0;

 protected:
#ifdef FIXED
  std::shared_ptr<Stock> watched() const { return subject.lock(); }
  std::weak_ptr<Stock> subject;
#else
  std::shared_ptr<Stock> watched() const { return subject; }
  std::shared_ptr<Stock> subject;
#endif
};

class Stock {
 public:
  explicit Stock(std::string symbol) : symbol_(std::move(symbol)) {}
  void attach(std::shared_ptr<StockObserver> observer) { observers_.push_back(std::move(observer)); }
  void set_price(double price) {
    price_ = price;
    for (const auto& observer : observers_) observer->update();
  }
  double price() const { return price_; }
  const std::string& symbol() const { return symbol_; }

 private:
  std::string symbol_;
  double price_ = 0;
  std::vector<std::shared_ptr<StockObserver>> observers_;
};

struct Font {
  int points = 11;
};

class PriceLabel : public StockObserver {
 public:
  PriceLabel(std::shared_ptr<Stock> stock, std::shared_ptr<const Font> font)
      : StockObserver(std::move(stock)), font_(std::move(font)) {}
  void update() override {
    char text[32];
    std::snprintf(text, sizeof text, "%s %.2f", watched()->symbol().c_str(), watched()->price());
    text_ = text;
  }
  const std::string& text() const { return text_; }

 private:
  std::shared_ptr<const Font> font_;
  std::string text_;
};

class Alarm : public StockObserver {
 public:
  Alarm(std::shared_ptr<Stock> stock, double limit) : StockObserver(std::move(stock)), limit_(limit) {}
  void update() override { rung_ += watched()->price() > limit_; }
  int rung() const { return rung_; }

 private:
  double limit_;
  int rung_ = 0;
};

void watch(const std::string& symbol, double price) {
  auto stock = std::make_shared<Stock>(symbol);
  auto label = std::make_shared<PriceLabel>(stock, std::make_shared<const Font>());
  auto alarm = std::make_shared<Alarm>(stock, 10);
  stock->attach(label);
  stock->attach(alarm);
  stock->set_price(price);
  std::printf("%s, %d alarm%s\n", label->text().c_str(), alarm->rung(), alarm->rung() == 1 ? "" : "s");
}

int main() {
  watch("ACME", 12.5);
  watch("INIT", 7.25);
}
