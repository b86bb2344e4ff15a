// two_way_relation.cpp - students own the courses they take, and courses the students who take them. Neither comes
// first: either side can be the one that only sees the other.
// gordian: exit 23
// gordian: prints Ann takes 2, Maths has 2
// gordian: prints Ann takes 2, Maths has 2
// gordian: cycle proved objects=4 instances=2 of=Course,Student members=Course::students_,Student::courses_ cut=Course::students_
// gordian: says cut Course::students_: hold std::weak_ptr<Student> in it.
// gordian: says or, just as good, cut Student::courses_: hold std::weak_ptr<Course> in it
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

class Student;

class Course {
 public:
  explicit Course(std::string title) : title_(std::move(title)) {}
  void add(const std::shared_ptr<Student>& student) { students_.push_back(student); }
  std::size_t size() const { return students_.size(); }

 private:
  std::string title_;
#ifdef FIXED
  std::vector<std::weak_ptr<Student>> students_;
#else
  std::vector<std::shared_ptr<Student>> students_;
#endif
};

class Student {
 public:
  explicit Student(std::string name) : name_(std::move(name)) {}
  void add(const std::shared_ptr<Course>& course) { courses_.push_back(course); }
  std::size_t size() const { return courses_.size(); }

 private:
  std::string name_;
  std::vector<std::shared_ptr<Course>> courses_;
};

class School {
 public:
  const std::shared_ptr<Course>& open(const std::string& title) {
    return courses_.emplace_back(std::make_shared<Course>(title));
  }
  const std::shared_ptr<Student>& enrol(const std::string& name) {
    return students_.emplace_back(std::make_shared<Student>(name));
  }
  static void take(const std::shared_ptr<Student>& student, const std::shared_ptr<Course>& course) {
    student->add(course);
    course->add(student);
  }

 private:
  std::vector<std::shared_ptr<Course>> courses_;
  std::vector<std::shared_ptr<Student>> students_;
};

void term() {
  School school;
  const auto ann = school.enrol("Ann");
  const auto maths = school.open("Maths");
  const auto music = school.open("Music");
  const auto bob = school.enrol("Bob");
  School::take(ann, maths);
  School::take(ann, music);
  School::take(bob, maths);
  School::take(bob, music);
  std::printf("Ann takes %zu, Maths has %zu\n", ann->size(), maths->size());
}

int main() {
  term();
  term();
}
