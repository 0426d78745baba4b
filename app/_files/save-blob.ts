// Hands a file to the browser's own saving.

/** Saves under `name`. The type is always neutral, so that no browser opens what somebody sent. */
export function saveBlob(name: string, data: Blob): void {
  const neutral = new Blob([data], { type: "application/octet-stream" });
  const url = URL.createObjectURL(neutral);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.rel = "noopener";
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
