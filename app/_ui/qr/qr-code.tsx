// A code to scan: dark modules on a white ground with its quiet zone, in both themes.
import { encodeQR } from "qr";
import { useMemo } from "react";
import styles from "./qr.module.css";

export interface QrCodeProps {
  /** What a scanner reads. */
  value: string;
  /** What it is, for those who do not see it. */
  label: string;
}

/** The quiet zone that scanners need, in modules; the encoder draws it. */
const QUIET = 4;

/** Runs of dark modules, one `h` a run; the picture holds nothing but this path. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  const runs: string[] = [];
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x++;
      runs.push(`M${from} ${y}h${x - from + 1}v1H${from}z`);
    }
  }
  return runs.join("");
}

/** As wide as its place, square. */
export function QrCode({ value, label }: QrCodeProps) {
  const [path, side] = useMemo(() => {
    const rows = encodeQR(value, "raw", { ecc: "medium", border: QUIET });
    return [pathOf(rows), rows.length] as const;
  }, [value]);
  return (
    <svg className={styles.code} viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label}>
      <path className={styles.ground} d={`M0 0h${side}v${side}H0z`} />
      <path className={styles.modules} d={path} shapeRendering="crispEdges" />
    </svg>
  );
}
