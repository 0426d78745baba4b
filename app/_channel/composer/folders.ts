// What was dropped, as files: folders give what is in them, and in the folders in them.

function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  return new Promise((resolve) => {
    // A reader gives so many at a time, and none when that was all.
    const more = () =>
      reader.readEntries(
        (some) => {
          all.push(...some);
          if (some.length === 0) resolve(all);
          else more();
        },
        () => resolve(all),
      );
    more();
  });
}

function fileOf(entry: FileSystemFileEntry): Promise<File | undefined> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(undefined)));
}

async function walk(entry: FileSystemEntry, found: File[], most: number): Promise<void> {
  if (found.length >= most) return;
  if (entry.isFile) {
    const file = await fileOf(entry as FileSystemFileEntry);
    if (file !== undefined) found.push(file);
  } else if (entry.isDirectory) {
    const inside = await entriesOf(entry as FileSystemDirectoryEntry);
    for (const one of inside.sort((a, b) => a.name.localeCompare(b.name))) await walk(one, found, most);
  }
}

/** The files of a drop, at most so many; whatever a browser does not open as an entry comes as the file that it is. */
export async function filesOf(transfer: DataTransfer, most: number): Promise<File[]> {
  // Both lists are empty once this turn ends.
  const entries = [...transfer.items].map((item) => (item.kind === "file" ? item.webkitGetAsEntry() : null));
  const plain = [...transfer.files];
  const folders = entries.filter((entry) => entry !== null);
  if (!folders.some((entry) => entry.isDirectory)) return plain.slice(0, most);
  const found: File[] = [];
  for (const entry of folders) await walk(entry, found, most);
  return found;
}
