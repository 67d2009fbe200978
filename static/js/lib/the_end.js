// @ts-check
/**
 * Whether the film should be over by now. Reaching the runtime ends nothing by itself (credits run on), so the host is offered to say so.
 * @param {{position: () => number, snapshot: any}} room
 */
export function isAtTheEnd(room) {
  const { part, runtime } = room.snapshot.room
  return part === "film" && room.position() >= runtime
}
