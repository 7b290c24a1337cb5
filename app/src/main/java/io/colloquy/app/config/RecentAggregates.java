package io.colloquy.app.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.common.caching.WeakReferenceCache;
import org.jspecify.annotations.Nullable;

/** Holds on to the aggregates used last; Axon's own forgets all at the next garbage collection. */
final class RecentAggregates extends WeakReferenceCache {

  private static final int MOST_KEPT = 2_000;

  private final Map<Object, Object> recent =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
              return size() > MOST_KEPT;
            }
          });

  @Override
  public <K, V> @Nullable V get(K key) {
    recent.get(key);
    return super.get(key);
  }

  @Override
  public void put(Object key, Object value) {
    recent.put(key, value);
    super.put(key, value);
  }

  @Override
  public boolean remove(Object key) {
    recent.remove(key);
    return super.remove(key);
  }

  @Override
  public void removeAll() {
    recent.clear();
    super.removeAll();
  }
}
