// Loudness as bars, the part that was heard in viridian.
import styles from "./waveform.module.css";

const WIDTH = 3;
const STEP = 5;
const HEIGHT = 28;
const LEAST = 3;

export interface WaveformProps {
  /** 0 to 255. */
  peaks: ArrayLike<number>;
  /** 0 to 1. */
  heard: number;
}

export function Waveform({ peaks, heard }: WaveformProps) {
  const bars = Array.from(peaks, (peak, at) => ({
    at,
    height: LEAST + (Math.min(255, peak) / 255) * (HEIGHT - LEAST),
  }));
  return (
    <svg
      className={styles.wave}
      viewBox={`0 0 ${Math.max(1, bars.length) * STEP - (STEP - WIDTH)} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {bars.map(({ at, height }) => (
        <rect
          key={at}
          className={(at + 0.5) / bars.length <= heard ? styles.heard : styles.bar}
          x={at * STEP}
          y={(HEIGHT - height) / 2}
          width={WIDTH}
          height={height}
        />
      ))}
    </svg>
  );
}
