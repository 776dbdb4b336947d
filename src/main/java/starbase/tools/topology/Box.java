package starbase.tools.topology;

/**
 * A rectangle in the picture, in pixels.
 *
 * @param x its left side
 * @param y its upper side
 */
record Box(double x, double y, double width, double height) {
  double right() {
    return x + width;
  }

  double bottom() {
    return y + height;
  }

  double middle() {
    return y + height / 2;
  }
}
