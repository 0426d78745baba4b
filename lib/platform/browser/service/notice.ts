// One notification as every part of the app shows it: the same sign, one for each channel, and where a click leads.

/** Which channel a notification is of; a newer one of the same takes its place. */
export const noticeTag = (ws: string, channel: string): string => `${ws}/${channel}`;

export type Notice = {
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  /** the hash of the place in the app */
  readonly href: string;
  readonly sound: boolean;
};

/** Options that not every browser knows, and the compiler not either. */
type Options = NotificationOptions & { renotify?: boolean; timestamp?: number };

export async function showNotice(registration: ServiceWorkerRegistration, notice: Notice): Promise<void> {
  const { tag, title, body, href, sound } = notice;
  const options: Options = {
    body,
    tag,
    data: { href },
    icon: "/icons/icon-192.png",
    badge: "/icons/badge-96.png",
    silent: !sound,
    renotify: true,
  };
  await registration.showNotification(title, options);
}

/** Takes away what was shown of a channel, once it is read; without a tag, all there is. */
export async function closeNotices(registration: ServiceWorkerRegistration, tag?: string): Promise<void> {
  const shown = await registration.getNotifications(tag === undefined ? {} : { tag });
  for (const one of shown) one.close();
}
