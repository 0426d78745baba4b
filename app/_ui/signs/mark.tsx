// The mark: the T whose crossbar is a rest. In one colour, that of the text around it.

/** The T of Tacit, 24 by 24 units; `size` in CSS pixels (default 20). Decorative: name it where it stands alone. */
export function Mark({ size = 20 }: { size?: number | undefined }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      <path d="M3.4 3.2h1.7v3.05h13.8V3.2h1.7v10.2h-1.7v-3.05h-5.55V21h-2.7V10.35H5.1v3.05H3.4z" />
    </svg>
  );
}
