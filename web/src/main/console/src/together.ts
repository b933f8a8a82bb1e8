import type { Series } from './api';

/** Both series on one axis: each holds its last value until its next sample. */
export function together(log: Series, modelled: Series, of: (series: Series, i: number) => number): { seconds: number[]; log: number[]; modelled: number[] } {
  const times = [...new Set([...log.logTime, ...modelled.logTime])].map((iso) => Date.parse(iso)).sort((a, b) => a - b);
  const values = (series: Series) => {
    const at = series.logTime.map((iso) => Date.parse(iso));
    let i = -1;
    return times.map((time) => {
      while (i + 1 < at.length && (at[i + 1] as number) <= time) i++;
      return i < 0 ? 0 : of(series, i);
    });
  };
  const drawn = { seconds: times.map((time) => time / 1000), log: values(log), modelled: values(modelled) };
  // So that what holds at the end is seen: a step at the very edge is not.
  const [first, last] = [drawn.seconds[0], drawn.seconds.at(-1)];
  if (first !== undefined && last !== undefined) {
    drawn.seconds.push(last + Math.max(0.001, (last - first) * 0.03));
    drawn.log.push(drawn.log.at(-1) ?? 0);
    drawn.modelled.push(drawn.modelled.at(-1) ?? 0);
  }
  return drawn;
}
