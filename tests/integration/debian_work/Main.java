// Main.java - a pool of four threads, and a null pointer, which HotSpot learns of by SIGSEGV.
import java.util.*; import java.util.concurrent.*;
public class Main { public static void main(String[] a) throws Exception {
  ExecutorService pool = Executors.newFixedThreadPool(4); List<Future<Long>> sums = new ArrayList<>();
  for (int t = 0; t < 8; t++) { final int n = t; sums.add(pool.submit(() -> { long s = 0; Map<Integer, String> m = new HashMap<>();
    for (int i = 0; i < 300000; i++) { m.put(i % 5000, "v" + i); s += m.get(i % 5000).length() + n; } return s; })); }
  for (Future<Long> f : sums) System.out.println(f.get()); pool.shutdown();
  try { Object o = null; o.toString(); } catch (NullPointerException e) { System.out.println("null"); } } }
