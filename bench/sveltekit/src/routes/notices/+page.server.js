import { list } from '$lib/kept.js';

export function load() {
  return list();
}
